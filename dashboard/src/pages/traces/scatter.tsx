import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { clockSteps } from '../../scale.ts'
import { cx } from '../../ui/cx.ts'
import { useGo } from '../../ui/link.tsx'
import { clock, count, plural } from '../../words.ts'
import { took } from '../logs/numbers.ts'
import { type Box, type Chosen, chosenBy, place, ruler } from './ruler.ts'
import type { Sampled } from './wire.ts'

const HEIGHT = 140
/** A shorter drag is a click. */
const DRAG_PX = 6
type Props = {
  sample: Sampled
  range: { from: number; to: number }
  zone: string
  onChoose: (chosen: Chosen) => void
}

/**
 * Traces of the whole range as dots: when, and how long on a scale of powers of ten; failed ones are octagons. Drawing a box
 * chooses what lies in it. For the pointer; the table under it and the filter say and do the same.
 */
export function Scatter({ sample, range, zone, onChoose }: Props) {
  const go = useGo()
  const traces = sample.data
  const scale = useMemo(() => ruler(traces.map((t) => t.duration_ms)), [traces])
  const times = clockSteps(range.from / 1000, range.to / 1000, 1000, 170, 0)
  const area = useRef<HTMLDivElement>(null)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const [box, setBox] = useState<Box | null>(null)
  const shares = (e: PointerEvent) => {
    const r = area.current!.getBoundingClientRect()
    const within = (n: number) => Math.min(1, Math.max(0, n))
    return { x: within((e.clientX - r.left) / r.width), y: within(1 - (e.clientY - r.top) / r.height) }
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0 || e.pointerType === 'touch') return
    drag.current = { x: e.clientX, y: e.clientY, moved: false }
  }
  const move = (e: PointerEvent) => {
    const d = drag.current
    if (!d || (!d.moved && Math.hypot(e.clientX - d.x, e.clientY - d.y) < DRAG_PX)) return
    if (!d.moved) area.current!.setPointerCapture(e.pointerId)
    d.moved = true
    const [a, b] = [shares({ clientX: d.x, clientY: d.y } as PointerEvent), shares(e)]
    setBox({ x0: Math.min(a.x, b.x), x1: Math.max(a.x, b.x), y0: Math.min(a.y, b.y), y1: Math.max(a.y, b.y) })
  }
  const up = () => {
    if (drag.current?.moved && box && box.x1 > box.x0) onChoose(chosenBy(box, range, scale))
    // the click that ends a drag is no click on a dot
    setTimeout(() => (drag.current = null))
    setBox(null)
  }
  const drawn = traces.length < sample.traces ? `, ${count(traces.length)} of them drawn` : ''
  const said = `${plural(sample.traces, 'trace')} in this range, ${count(sample.failed)} failed${drawn}`
  return (
    <div className="px-3.5 pt-2.5 pb-1">
      <p className="pb-2.5 text-12 text-text-2" role="status">
        {said}. <span className="text-text-3 pointer-coarse:hidden">Draw a box to look closer.</span>
      </p>
      <div
        ref={area}
        role="img"
        aria-label={`${said}, between ${took(scale.low)} and ${took(scale.high)}`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        className="relative ml-14 cursor-crosshair touch-pan-y border-b border-line select-none"
        style={{ height: HEIGHT }}
      >
        {scale.ticks.map((ms) => (
          <span key={ms} className="absolute inset-x-0 border-t border-line-soft" style={{ bottom: `${place(ms, scale) * 100}%` }}>
            <span className="absolute right-full -translate-y-1/2 pr-2 text-11 whitespace-nowrap text-text-3">{took(ms)}</span>
          </span>
        ))}
        {traces.map((t) => {
          const x = (Date.parse(t.started_at) - range.from) / (range.to - range.from)
          if (x < 0 || x > 1) return null
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the table has the links
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <span
              key={t.trace_id}
              onClick={() => drag.current?.moved || go(`/traces/${t.trace_id}`)}
              title={`${t.service} ${t.operation}, ${took(t.duration_ms)}`}
              className={cx(
                'absolute -translate-x-1/2 translate-y-1/2 cursor-pointer',
                t.errors
                  ? 'z-1 size-[7px] bg-down-solid [clip-path:polygon(30%_0,70%_0,100%_30%,100%_70%,70%_100%,30%_100%,0_70%,0_30%)]'
                  : 'size-[5px] rounded-full bg-s1',
              )}
              style={{ left: `${x * 100}%`, bottom: `${place(t.duration_ms, scale) * 100}%` }}
            />
          )
        })}
        {box && (
          <span
            className="pointer-events-none absolute z-2 border border-accent-solid bg-[color-mix(in_oklab,var(--accent-solid)_14%,transparent)]"
            style={{
              left: `${box.x0 * 100}%`,
              width: `${(box.x1 - box.x0) * 100}%`,
              bottom: `${box.y0 * 100}%`,
              height: `${(box.y1 - box.y0) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="relative ml-14 h-[18px] text-11 leading-[18px] text-text-3" aria-hidden="true">
        {times.map((s) => (
          <span
            key={s}
            className="absolute -translate-x-1/2 phone:[&:nth-child(even)]:hidden"
            style={{ left: `clamp(16px, ${((s * 1000 - range.from) / (range.to - range.from)) * 100}%, calc(100% - 16px))` }}
          >
            {clock(s * 1000, zone, false)}
          </span>
        ))}
      </div>
    </div>
  )
}
