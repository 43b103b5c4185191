import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { clockSteps } from '../../scale.ts'
import { cx } from '../../ui/cx.ts'
import { useKeys } from '../../ui/use-keys.ts'
import { clock, count, day } from '../../words.ts'
import { keyed, type Span, snapped } from './brush.ts'
import type { Histogram as Answer } from './wire.ts'

const HEIGHT = 66

/** Lines over time: error, warn, rest from the axis up. A drag chooses a window; so do the arrow keys, Shift resizes. */
export function Histogram({
  answer,
  range,
  chosen,
  zone,
  stale,
  onChoose,
  onZoom,
}: {
  answer: Answer
  range: Span
  chosen: Span | null
  zone: string
  stale: boolean
  /** `settled` is false while the hand still moves. */
  onChoose: (window: Span | null, settled: boolean) => void
  onZoom: (window: Span) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const drag = useRef<{ anchor: number; moved: boolean } | null>(null)
  const [hand, setHand] = useState<Span | null>(null)
  useKeys([{ keys: 'h', label: 'To the histogram; arrows choose a window', group: 'This page', run: () => box.current?.focus() }])
  const step = answer.step_ms || 1
  const length = Math.max(1, range.to - range.from)
  const shown = hand ?? chosen
  const share = (at: number) => Math.min(1, Math.max(0, (at - range.from) / length))
  const top = Math.max(1, ...answer.buckets.map((b) => b.error + b.warn + b.rest))

  const at = (e: PointerEvent) => {
    const r = box.current!.getBoundingClientRect()
    return range.from + Math.min(1, Math.max(0, (e.clientX - r.left) / r.width)) * length
  }
  const down = (e: PointerEvent<HTMLDivElement>) => {
    if (e.button !== 0) return
    const edge = (e.target as HTMLElement).dataset.edge
    // a handle pulls one edge: the other one is the anchor
    drag.current = { anchor: shown && edge ? (edge === 'from' ? shown.to - 1 : shown.from) : at(e), moved: !!edge }
    e.currentTarget.setPointerCapture(e.pointerId)
  }
  const move = (e: PointerEvent) => {
    const d = drag.current
    if (!d) return
    const here = at(e)
    if (!d.moved && Math.abs(here - d.anchor) < (length * 4) / (box.current?.clientWidth || 1)) return
    d.moved = true
    setHand(snapped(d.anchor, here, range, step))
  }
  const up = () => {
    if (drag.current?.moved && hand) onChoose(hand, true)
    drag.current = null
    setHand(null)
  }
  const onKeyDown = (e: KeyboardEvent) => {
    const next = keyed(e.key, e.shiftKey, chosen, range, step)
    if (next) onChoose(next, false)
    else if (e.key === 'Enter' && chosen) onZoom(chosen)
    else if (e.key === 'Escape' && chosen) onChoose(null, true)
    else return
    e.preventDefault()
    e.stopPropagation()
  }
  const said = shown ? `${clock(shown.from, zone)} to ${clock(shown.to, zone)}` : 'nothing chosen'
  const width = 100 / Math.max(1, length / step)
  return (
    <div className={cx('px-4 phone:px-4', stale && 'grayscale')}>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`Lines over time, ${count(answer.total)} in all. Arrows choose a window, Shift and arrows resize it, Enter makes it the range`}
        aria-orientation="horizontal"
        aria-valuemin={range.from}
        aria-valuemax={range.to}
        aria-valuenow={shown?.from ?? range.from}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onDoubleClick={() => chosen && onZoom(chosen)}
        className="relative cursor-crosshair touch-pan-y select-none"
        style={{ height: HEIGHT }}
      >
        <svg
          width="100%"
          height={HEIGHT}
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="border-b border-line"
        >
          {answer.buckets.map((b) => {
            const x = share(Date.parse(b.at)) * 100
            const w = Math.max(0.05, width * 0.88)
            const h = (n: number) => (n / top) * (HEIGHT - 2)
            const [e, wn, r] = [h(b.error), h(b.warn), h(b.rest)]
            return (
              <g key={b.at}>
                {r > 0 && <rect x={x} width={w} y={HEIGHT - e - wn - r} height={r} className="fill-idle-line" />}
                {wn > 0 && <rect x={x} width={w} y={HEIGHT - e - wn} height={Math.max(wn, 1)} className="fill-warn-solid" />}
                {e > 0 && <rect x={x} width={w} y={HEIGHT - Math.max(e, 1.5)} height={Math.max(e, 1.5)} className="fill-down-solid" />}
              </g>
            )
          })}
        </svg>
        {shown && (
          <div
            className="pointer-events-none absolute inset-y-0 border-x-2 border-accent-solid bg-[color-mix(in_oklab,var(--accent-solid)_14%,transparent)]"
            style={{ left: `${share(shown.from) * 100}%`, width: `${(share(shown.to) - share(shown.from)) * 100}%` }}
          >
            <span data-edge="from" className={cx(handle, '-left-1')} />
            <span data-edge="to" className={cx(handle, '-right-1')} />
          </div>
        )}
      </div>
      <Labels range={range} zone={zone} chosen={shown} />
    </div>
  )
}

const handle =
  "pointer-events-auto absolute top-1/2 h-4 w-1.5 -translate-y-1/2 cursor-ew-resize rounded-1 bg-accent-solid after:pointer-events-auto after:absolute after:-inset-x-2 after:-inset-y-6 after:content-['']"

/** Wall clock under the bars; the chosen window takes the place of what it would cover. */
function Labels({ range, zone, chosen }: { range: Span; zone: string; chosen: Span | null }) {
  const length = range.to - range.from
  const steps = clockSteps(range.from / 1000, range.to / 1000, 1000, 170, 0).map((s) => s * 1000)
  const place = (at: number) => ((at - range.from) / length) * 100
  const middle = chosen ? place((chosen.from + chosen.to) / 2) : null
  const seconds = length < 10 * 60_000
  const label = (at: number) => (length > 36 * 3_600_000 ? day(at, zone, at) : clock(at, zone, seconds))
  return (
    <div className="relative h-[18px] overflow-hidden text-11 leading-[18px] text-text-3" aria-hidden="true">
      {steps
        .filter((at) => place(at) > 2 && place(at) < 97 && (middle === null || Math.abs(place(at) - middle) > 14))
        .map((at) => (
          <span
            key={at}
            className="absolute -translate-x-1/2 whitespace-nowrap phone:[&:nth-child(even)]:hidden"
            style={{ left: `${place(at)}%` }}
          >
            {label(at)}
          </span>
        ))}
      {chosen && middle !== null && (
        <b
          className="absolute -translate-x-1/2 font-550 whitespace-nowrap text-accent"
          style={{ left: `clamp(64px, ${middle}%, calc(100% - 64px))` }}
        >
          {clock(chosen.from, zone)} – {clock(chosen.to, zone)}
        </b>
      )}
    </div>
  )
}
