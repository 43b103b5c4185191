import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { usePrefs } from '../../prefs.ts'
import { took } from '../logs/numbers.ts'
import { lanesOf } from './lanes.ts'
import type { Trace } from './wire.ts'

const LANE_PX = 22
/** Narrower bars have no room for words. */
const WORDS_PX = 36

type Props = {
  trace: Trace
  colours: ReadonlyMap<string, number>
  path: boolean
  critical: ReadonlySet<string>
  selected: string
  onSelect: (span: string) => void
}

/**
 * The same spans as bars on each other: under a span what it waited for, as long as it was waited for. Drawn on canvas, only what
 * is in view; the waterfall has the same as a tree that can be read and walked by keys.
 */
export function Flame({ trace, colours, path, critical, selected, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { theme } = usePrefs()
  const { lanes, count } = useMemo(() => lanesOf(trace.spans), [trace])
  const total = Math.max(trace.duration_ms, 0.001)
  const draw = useCallback(() => {
    const [element, area] = [canvas.current, box.current]
    const ctx = element?.getContext('2d')
    if (!element || !area || !ctx || !area.clientWidth) return
    const [width, height, top] = [area.clientWidth, area.clientHeight, area.scrollTop]
    element.width = width * devicePixelRatio
    element.height = height * devicePixelRatio
    ctx.scale(devicePixelRatio, devicePixelRatio)
    const look = lookOf(area)
    ctx.font = `12px ${look.font}`
    ctx.textBaseline = 'middle'
    trace.spans.forEach((s, i) => {
      const y = lanes[i]! * LANE_PX - top + 4
      if (y > height || y < -LANE_PX) return
      const x = (s.offset_ms / total) * width
      const w = Math.max(1, (s.duration_ms / total) * width)
      ctx.globalAlpha = path && !critical.has(s.span_id) ? 0.3 : 1
      ctx.fillStyle = look.soft[colours.get(s.service) ?? 8]!
      ctx.fillRect(x, y, w, LANE_PX - 3)
      ctx.fillStyle = s.status === 'error' ? look.down : look.solid[colours.get(s.service) ?? 8]!
      ctx.fillRect(x, y, Math.min(3, w), LANE_PX - 3)
      if (s.span_id === selected) {
        ctx.strokeStyle = look.accent
        ctx.lineWidth = 2
        ctx.strokeRect(x + 1, y + 1, Math.max(2, w - 2), LANE_PX - 5)
      }
      if (w < WORDS_PX) return
      ctx.save()
      ctx.beginPath()
      ctx.rect(x, y, w - 4, LANE_PX)
      ctx.clip()
      ctx.fillStyle = look.text
      ctx.fillText(`${s.operation || s.service}  ${took(s.duration_ms)}`, x + 8, y + (LANE_PX - 3) / 2)
      ctx.restore()
    })
  }, [trace, lanes, colours, path, critical, selected, total])
  useEffect(() => {
    draw()
    const area = box.current!
    const resize = new ResizeObserver(draw)
    resize.observe(area)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', draw)
    return () => {
      resize.disconnect()
      scheme.removeEventListener('change', draw)
    }
  }, [draw, theme])
  const under = (e: MouseEvent) => {
    const area = box.current!
    const r = area.getBoundingClientRect()
    const lane = Math.floor((e.clientY - r.top + area.scrollTop - 4) / LANE_PX)
    const pxMs = total / area.clientWidth
    const at = (e.clientX - r.left) * pxMs
    // a bar is at least a pixel wide, and a hand is not that steady
    return trace.spans.findLast((s, i) => lanes[i] === lane && s.offset_ms <= at + pxMs && s.offset_ms + s.duration_ms >= at - 2 * pxMs)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: for the pointer; the waterfall has the keys
    <div
      ref={box}
      role="img"
      aria-label={`Flame view: ${trace.spans.length} spans on ${count} levels. The waterfall lists them.`}
      onScroll={draw}
      onClick={(e) => {
        const span = under(e)
        if (span) onSelect(span.span_id)
      }}
      onMouseMove={(e) => {
        const span = under(e)
        box.current!.title = span ? `${span.service} ${span.operation}, ${took(span.duration_ms)}` : ''
      }}
      className="relative max-h-[max(224px,calc(100dvh-330px))] cursor-pointer overflow-auto"
      style={{ height: count * LANE_PX + 10 }}
    >
      <div style={{ height: count * LANE_PX + 8 }}>
        <canvas
          ref={canvas}
          className="sticky top-0 block size-full"
          style={{ height: 'inherit', maxHeight: 'max(224px, calc(100dvh - 330px))' }}
        />
      </div>
    </div>
  )
}

/** Colours as canvas needs them: what the tokens come to just now. */
function lookOf(area: HTMLElement) {
  const probe = document.createElement('i')
  area.append(probe)
  const colourOf = (value: string) => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const names = Array.from({ length: 9 }, (_, i) => (i && i < 8 ? `s${i}` : 'idle-solid'))
  const look = {
    font: getComputedStyle(area).fontFamily,
    solid: names.map((n) => colourOf(`var(--${n})`)),
    soft: names.map((n) => colourOf(`color-mix(in oklab, var(--${n}) 26%, var(--surface))`)),
    down: colourOf('var(--down-solid)'),
    accent: colourOf('var(--accent-solid)'),
    text: colourOf('var(--text)'),
  }
  probe.remove()
  return look
}
