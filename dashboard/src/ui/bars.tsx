import { type KeyboardEvent, useState } from 'react'
import { linePath, peaks } from '../scale.ts'
import { cx } from './cx.ts'

export type BarState = 'up' | 'degraded' | 'down' | 'maintenance' | 'paused' | 'none'
export type Bar = { state: BarState /** What hovering and arrow keys say: "Mon 23 Nov: 98.745 %, 18 m 04 s down". */; says: string }

const looks = {
  up: 'h-[64%] bg-up-solid',
  degraded: 'h-[82%] bg-warn-solid',
  down: 'h-full bg-down-solid',
  maintenance: 'h-[64%] hatch-maint',
  paused: 'h-[3px] bg-idle-solid',
  none: 'h-[3px] bg-idle-solid',
} satisfies Record<BarState, string>

/** In lists: 24 hourly bars, beside the number they explain. */
export const SmallBars = ({ states, label, className }: { states: readonly BarState[]; label: string; className?: string }) => (
  <div role="img" aria-label={label} className={cx('flex h-[18px] items-end gap-[1.5px]', className)}>
    {states.map((s, i) => (
      <i key={i} className={cx('min-w-px flex-1 rounded-[1px]', looks[s])} />
    ))}
  </div>
)

/** One bar a day; hovering or arrow keys read each. Phones show the later half. */
export function UptimeBars({ bars, label, from, to }: { bars: readonly Bar[]; label: string; from: string; to: string }) {
  const [at, setAt] = useState<number | null>(null)
  const chosen = at === null ? null : bars[at]
  const onKeyDown = (e: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[e.key]
    if (step === undefined) return
    e.preventDefault()
    setAt((i) => Math.max(0, Math.min(bars.length - 1, (i ?? bars.length) + step)))
  }
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={at ?? Math.max(0, bars.length - 1)}
        aria-valuetext={chosen?.says ?? label}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(null)}
        onMouseLeave={() => setAt(null)}
        className="flex h-7 items-end gap-0.5"
      >
        {bars.map((b, i) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the slider around it is the control
          <span
            key={i}
            onMouseEnter={() => setAt(i)}
            className={cx('flex h-full min-w-px flex-1 items-end', i < bars.length - 45 && 'phone:hidden', at === i && 'bg-active')}
          >
            <i className={cx('w-full rounded-[1px]', looks[b.state])} />
          </span>
        ))}
      </div>
      <div className="mt-1 flex justify-between gap-2 text-11 text-text-3">
        {chosen ? (
          <span className="text-text-2">{chosen.says}</span>
        ) : (
          <>
            <span>{from}</span>
            <span>{to}</span>
          </>
        )}
      </div>
    </>
  )
}

const legend: readonly (readonly [look: string, word: string])[] = [
  ['h-1.5 bg-up-solid', 'Up'],
  ['h-[11px] bg-down-solid', 'Down'],
  ['h-[9px] hatch-maint', 'Maintenance'],
  ['h-[3px] bg-idle-solid', 'Paused or no data'],
]
export const BarsLegend = () => (
  <div className="flex flex-wrap gap-x-2 gap-y-1.5 px-3 py-3 text-11 text-text-2">
    {legend.map(([look, word]) => (
      <span key={word} className="inline-flex items-center gap-1">
        <i className={cx('inline-block w-[9px] rounded-[2px]', look)} />
        {word}
      </span>
    ))}
  </div>
)

/** Beside its number, never alone: no axis, from 0. Gaps stay gaps. */
export const Sparkline = ({
  values,
  width = 64,
  height = 18,
  alarm,
  className,
}: {
  values: readonly (number | null)[]
  width?: number
  height?: number
  alarm?: boolean
  className?: string
}) => (
  <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" preserveAspectRatio="none" className={className}>
    <path
      d={linePath(peaks(values, Math.max(2, Math.floor(width / 2))), width, height - 2, headroom(values))}
      transform="translate(0 1)"
      className={cx('fill-none', alarm ? 'stroke-down-solid' : 'stroke-s1')}
      strokeWidth="1.25"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  </svg>
)

/** The top of a sparkline: what is usual lies half way up, so that a peak has somewhere to go. */
function headroom(values: readonly (number | null)[]): number {
  const known = values.filter((v) => v != null).sort((a, b) => a - b)
  return Math.max(1, known.at(-1) ?? 0, 2 * (known[Math.floor(known.length / 2)] ?? 0))
}
