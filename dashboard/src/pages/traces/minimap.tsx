import { useEffect, useRef } from 'react'
import { usePrefs } from '../../prefs.ts'
import type { Trace } from './wire.ts'

const HEIGHT = 52

/** The whole trace in 52 px: every span a line, errors in red. On canvas, so that 100,000 are as quick as ten. */
export function Minimap({ trace, colours }: { trace: Trace; colours: ReadonlyMap<string, number> }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { theme } = usePrefs()
  useEffect(() => {
    const element = canvas.current!
    const draw = () => paint(element, trace, colours)
    draw()
    const resize = new ResizeObserver(draw)
    resize.observe(element)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', draw)
    return () => {
      resize.disconnect()
      scheme.removeEventListener('change', draw)
    }
  }, [trace, colours, theme])
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className="block h-[52px] w-full rounded-t-3 border-b border-line-soft bg-sunken" />
    </div>
  )
}

function paint(element: HTMLCanvasElement, trace: Trace, colours: ReadonlyMap<string, number>) {
  const ctx = element.getContext('2d')
  const width = element.clientWidth
  if (!ctx || !width) return
  const scale = devicePixelRatio
  element.width = width * scale
  element.height = HEIGHT * scale
  ctx.scale(scale, scale)
  const probe = document.createElement('i')
  element.parentElement!.append(probe)
  const colourOf = (token: string) => {
    probe.style.color = `var(--${token})`
    return getComputedStyle(probe).color
  }
  const series = Array.from({ length: 9 }, (_, i) => colourOf(i && i < 8 ? `s${i}` : 'idle-solid'))
  const down = colourOf('down-solid')
  probe.remove()
  const total = Math.max(trace.duration_ms, 0.001)
  const step = Math.min(4, (HEIGHT - 6) / Math.max(1, trace.spans.length))
  trace.spans.forEach((s, i) => {
    ctx.fillStyle = s.status === 'error' ? down : series[colours.get(s.service) ?? 8]!
    const x = (s.offset_ms / total) * width
    ctx.fillRect(x, 3 + i * step, Math.max(1, (s.duration_ms / total) * width), Math.max(0.5, Math.min(2, step * 0.8)))
  })
}
