import { places } from '../../../../shared/uptime/regions.ts'
import { cx } from '../../ui/cx.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import type { ResponseTimes } from '../../wire.ts'
import { clock, count } from '../../words.ts'
import { ownGap } from './bands.ts'

/** A region keeps its colour on every page. */
export const colourOf = (region: string): number => ['eu', 'us', 'as', 'au'].indexOf(region) + 1
const swatch = ['bg-s1', 'bg-s2', 'bg-s3', 'bg-s4']

/** Click isolates, Shift-click adds; the last one clicked again shows all. */
export function isolate(now: ReadonlySet<string>, region: string, add: boolean): ReadonlySet<string> {
  if (!add) return now.size === 1 && now.has(region) ? new Set() : new Set([region])
  const next = new Set(now)
  if (!next.delete(region)) next.add(region)
  return next
}

type LegendProps = {
  times: ResponseTimes
  cursor: number | null
  zone: string
  isolated: ReadonlySet<string>
  onIsolate: (region: string, add: boolean) => void
}
const th = 'h-[26px] border-b border-line-soft px-2.5 text-12 whitespace-nowrap text-text-3 first:pl-3.5 last:pr-3.5'
const td = 'h-[26px] border-b border-line-soft px-2.5 whitespace-nowrap first:pl-3.5 last:pr-3.5'

/** The legend is a table: its first column isolates, its second follows the crosshair. */
export function Legend({ times, cursor, zone, isolated, onIsolate }: LegendProps) {
  const stepMs = times.step * 1000
  return (
    <ScrollBox label="Response time by region">
      <table className="w-full border-collapse text-12 [&>tbody>tr:last-child>td]:border-b-0">
        <thead>
          <tr>
            <th className={th}>Region</th>
            <th className={cx(th, 'text-right')}>{cursor === null ? 'Last' : `At ${clock(cursor, zone, false)}`}</th>
            <th className={cx(th, 'text-right')}>p50</th>
            <th className={cx(th, 'text-right')}>p95</th>
            <th className={cx(th, 'text-right')}>Max</th>
            <th className={cx(th, 'text-right')}>Failed</th>
            <th className={cx(th, 'w-full')}>Note</th>
          </tr>
        </thead>
        <tbody>
          {times.series.map((s) => {
            const point = cursor === null ? s.points.at(-1) : s.points.find((p) => Math.abs(Date.parse(p.at) - cursor) < stepMs)
            const gap = ownGap(s, times.series, stepMs)
            const on = !isolated.size || isolated.has(s.region)
            return (
              <tr key={s.region} className="hover:bg-hover">
                <td className={td}>
                  <button
                    type="button"
                    aria-pressed={isolated.has(s.region)}
                    onClick={(e) => onIsolate(s.region, e.shiftKey)}
                    className={cx('flex min-h-6 items-center gap-2', !on && 'text-text-3')}
                  >
                    <span
                      aria-hidden="true"
                      className={cx('h-[3px] w-3.5 rounded-[2px]', on ? swatch[colourOf(s.region) - 1] : 'bg-line-strong')}
                    />
                    {places[s.region].label} <span className="font-mono text-text-3">{s.region}</span>
                  </button>
                </td>
                <td className={cx(td, 'text-right')}>{ms(point?.p95_ms)}</td>
                <td className={cx(td, 'text-right')}>{ms(s.p50_ms)}</td>
                <td className={cx(td, 'text-right')}>{ms(s.p95_ms)}</td>
                <td className={cx(td, 'text-right')}>{ms(s.max_ms)}</td>
                <td className={cx(td, 'text-right', s.failed > 0 && 'text-down')}>
                  {count(s.failed)} of {count(s.checks)}
                </td>
                <td className={cx(td, 'text-text-2')}>
                  {gap && `no checks ${clock(gap.from, zone, false)} to ${clock(gap.to, zone, false)}, shown as a gap`}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

export const ms = (value: number | null | undefined) =>
  value == null ? (
    '–'
  ) : (
    <>
      {count(Math.round(value))} <span className="text-text-3">ms</span>
    </>
  )
