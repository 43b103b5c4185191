import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { clock, duration, plural } from '../../words.ts'
import { type clockChanges, type GridDay, place, position } from './days.ts'
import type { Quality } from './queries.ts'
import { at, span } from './say.ts'

/** Days with their months; a day of 23 or 25 hours is as wide as it is long. */
export const Head = ({ days }: { days: readonly GridDay[] }) => (
  <div aria-hidden="true" className="grid min-h-[54px] grid-cols-[var(--lab)_minmax(0,1fr)] border-b border-line-soft">
    <span className="sticky left-0 z-4 self-stretch border-r border-line-soft bg-surface py-2 pl-3.5 text-12 text-text-2">
      {[...new Set(days.map((d) => d.month).filter(Boolean))].join(' – ')}
    </span>
    <div className="relative">
      {days.map((d) => {
        const where = place(days, d.from, d.to)!
        return (
          <span
            key={d.from}
            className={cx('absolute inset-y-0 overflow-hidden border-l border-line-soft pt-1 text-11 leading-[15px] first:border-l-0', days.length > 14 ? 'text-center' : 'pl-1.5', d.isToday ? 'text-accent' : 'text-text-3')}
            style={{ left: `${where.left}%`, width: `${where.width}%` }}
          >
            {days.length > 14 ? d.weekday[0] : d.weekday}
            <b className={cx('block text-12', d.isToday ? 'font-semibold' : 'font-medium text-text-2')}>{d.date}</b>
          </span>
        )
      })}
    </div>
  </div>
) // biome-ignore format: a head

const left = (days: readonly GridDay[], t: number) => ({ left: `calc(var(--lab) + (100% - var(--lab)) * ${position(days, t) / 100})` })

/** Where the clocks change: that night is an hour longer or shorter. */
export const ClockChange = ({ days, change }: { days: readonly GridDay[]; change: ReturnType<typeof clockChanges>[number] }) => (
  <span
    className="pointer-events-none absolute top-[38px] bottom-0 z-2 w-0 border-l border-dotted border-text-3"
    style={left(days, change.at)}
  >
    <span className="absolute top-0 left-0.5 rounded-1 bg-surface px-0.5 text-11 leading-4 whitespace-nowrap text-text-2">
      <span className="sr-only">Clocks change by </span>
      {change.forwardMs > 0 ? '+' : '−'}
      {duration(Math.abs(change.forwardMs))}
    </span>
  </span>
)

export const NowLine = ({ days, now, zone }: { days: readonly GridDay[]; now: number; zone: string }) => (
  <span aria-hidden="true" className="pointer-events-none absolute top-[54px] bottom-0 z-3 w-0 border-l-2 border-accent-solid" style={left(days, now)}>
    <span className={cx('absolute -top-[17px] -left-px rounded-1 bg-accent-solid px-1 text-11 leading-4 font-semibold text-surface', position(days, now) >= 4 && '-translate-x-1/2')}>{clock(now, zone, false)}</span>
  </span>
) // biome-ignore format: a line

type Fix = ((from: number, to: number) => void) | null
type Words = { quality: Quality; nameOf: (user: string) => string; zone: string; now: number; fix: Fix }

/** Under the grid: gaps, the next change of the clocks, how even the load is. */
export function Verdict({ quality: q, nameOf, zone, now, fix }: Words) {
  const gap = q.gaps[0]
  const change = q.next_clock_change
  return (
    <div className="flex flex-wrap items-center gap-x-4.5 gap-y-1.5 text-12">
      {gap ? (
        <span className="flex items-center gap-1.5 text-down">
          <Icon of={TriangleAlert} />
          <span>{plural(q.gaps.length, 'gap')} in 90 d, the first {span(Date.parse(gap.from), Date.parse(gap.to), zone, now)}</span>
          {fix && <Button kind="ghost" onClick={() => fix(Date.parse(gap.from), Date.parse(gap.to))}>Fix</Button>}
        </span>
      ) : (
        <span className="flex items-center gap-1.5 text-up"><Icon of={CircleCheck} />No gaps in the next 90 d</span>
      )}
      {change && (
        <span className="text-text-2">
          Next clock change {at(Date.parse(change.at), zone, now)}
          {change.user_id && `, the shift of ${nameOf(change.user_id)} is ${Math.abs(change.forward_seconds) / 3600} h ${change.forward_seconds > 0 ? 'shorter' : 'longer'}`}
        </span>
      )}
      {q.people.length > 1 && <span className="text-text-2">Balance {Math.round(q.balance * 100)} %, at most {Math.max(...q.people.map((p) => p.days_in_a_row))} d in a row</span>}
    </div>
  ) // biome-ignore format: a line
}
