import { lazy, Suspense, useMemo, useState } from 'react'
import type { ChartBand } from '../../ui/chart.tsx'
import type { ChartLine, ChartSpan } from '../../ui/chart-extras.ts'
import { cx } from '../../ui/cx.ts'
import { clock } from '../../words.ts'
import type { Line } from './data.ts'
import { said } from './units.ts'
import type { Unit } from './wire.ts'

const Chart = lazy(() => import('../../ui/chart.tsx').then((m) => ({ default: m.Chart })))
/** More lines than this are a thicket; the largest are drawn and the panel says how many there are. */
export const DRAWN_MAX = 20
export const swatches = ['bg-s1', 'bg-s2', 'bg-s3', 'bg-s4', 'bg-s5', 'bg-s6', 'bg-s7', 'bg-s8']
export type Named = Line & { name: string }
const none: never[] = []

/** The lines that are drawn: of many the largest by their last value. */
export function drawnOf(lines: readonly Named[]): readonly Named[] {
  if (lines.length <= DRAWN_MAX) return lines
  const last = (l: Named) => l.points.findLast((p) => p.value !== null)?.value ?? Number.NEGATIVE_INFINITY
  const chosen = new Set(lines.toSorted((a, b) => last(b) - last(a)).slice(0, DRAWN_MAX))
  return lines.filter((l) => chosen.has(l))
}

type Props = {
  label: string
  lines: readonly Named[]
  range: { from: number; to: number }
  stepMs: number
  zone: string
  unit: Unit
  decimals?: number | null
  height: number
  thresholds?: readonly ChartLine[]
  span?: readonly ChartSpan[]
  onLine?: (value: number) => void
  bands?: readonly ChartBand[]
  min?: number | null
  max?: number | null
  stacked?: boolean
  /** How many lines the legend shows before it says how many more there are. */
  legend?: number
  onRange?: (from: number, to: number) => void
}

/** Lines over time with their legend; a click on a name isolates it, Shift adds. */
export function Lines({ label, lines, range, stepMs, zone, unit, decimals = null, height, legend = 6, onRange, ...rest }: Props) {
  const [isolated, setIsolated] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<number | null>(null)
  const drawn = useMemo(() => drawnOf(lines), [lines])
  const series = useMemo(
    () =>
      drawn.map((l, i) => ({ name: l.name, colour: (i % 8) + 1, points: l.points })).filter((s) => !isolated.size || isolated.has(s.name)),
    [drawn, isolated],
  )
  const isolate = (name: string, add: boolean) =>
    setIsolated((now) => {
      if (!add) return now.size === 1 && now.has(name) ? new Set() : new Set([name])
      const next = new Set(now)
      if (!next.delete(name)) next.add(name)
      return next
    })
  const shownValue = (l: Named) =>
    (cursor === null ? l.points.findLast((p) => p.value !== null) : l.points.find((p) => Math.abs(p.at - cursor) < stepMs / 2))?.value
  const shown = drawn.slice(0, legend)
  return (
    <>
      <Suspense fallback={<div style={{ height }} />}>
        <Chart
          label={`${label}. ${drawn.length === 1 ? 'One line' : `${drawn.length} lines`}, last: ${shown.map((l) => `${l.name} ${said(shownValue(l), unit)}`).join(', ')}`}
          series={series}
          stepMs={stepMs}
          from={range.from}
          to={range.to}
          bands={rest.bands ?? none}
          zone={zone}
          height={height}
          format={(v) => said(v, unit, decimals)}
          onCursor={setCursor}
          {...(onRange ? { onSelect: onRange, onWiden: () => onRange(range.from - (range.to - range.from), range.to) } : {})}
          {...(rest.thresholds ? { lines: rest.thresholds } : {})}
          {...(rest.span ? { span: rest.span } : {})}
          {...(rest.onLine ? { onLine: rest.onLine } : {})}
          min={rest.min ?? null}
          max={rest.max ?? null}
          stacked={rest.stacked ?? false}
        />
      </Suspense>
      {legend > 0 && (
        <div
          className="flex flex-wrap items-center gap-x-3 overflow-hidden px-1 text-12"
          style={{ maxHeight: legend > 12 ? undefined : 48 }}
        >
          {shown.map((l, i) => {
            const on = !isolated.size || isolated.has(l.name)
            return (
              <button
                key={`${l.name} ${i}`}
                type="button"
                aria-pressed={isolated.has(l.name)}
                onClick={(e) => isolate(l.name, e.shiftKey)}
                className={cx(
                  'inline-flex min-h-6 max-w-full min-w-0 items-center gap-1.5 rounded-1 pointer-coarse:min-h-9',
                  on ? 'text-text-2' : 'text-text-3',
                )}
              >
                <span aria-hidden="true" className={cx('h-[3px] w-3 flex-none rounded-[2px]', on ? swatches[i % 8] : 'bg-line-strong')} />
                <span className="truncate">{l.name}</span>
                <b className="font-550 whitespace-nowrap text-text">{said(shownValue(l), unit, decimals)}</b>
              </button>
            )
          })}
          {lines.length > shown.length && <span className="text-text-3">{lines.length - shown.length} more</span>}
          {cursor !== null && <span className="ml-auto text-text-3">{clock(cursor, zone)}</span>}
        </div>
      )}
    </>
  )
}
