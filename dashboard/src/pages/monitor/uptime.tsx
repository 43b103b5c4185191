import { useQuery } from '@tanstack/react-query'
import { DAY, MINUTE } from '../../../../shared/time.ts'
import { useZone } from '../../prefs.ts'
import { type Bar, BarsLegend, UptimeBars } from '../../ui/bars.tsx'
import { cx } from '../../ui/cx.ts'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { useMinute } from '../../use-minute.ts'
import type { Day, Monitor } from '../../wire.ts'
import { duration, percent, plural, weekday } from '../../words.ts'
import { availabilityQuery, daysQuery } from './queries.ts'

const spans = [
  ['24 h', 1],
  ['7 d', 7],
  ['30 d', 30],
  ['90 d', 90],
] as const

/** Ninety days as bars, and availability in observed time over four lengths. */
export function Uptime({ monitor: m }: { monitor: Monitor }) {
  const zone = useZone()
  const now = useMinute()
  const days = useQuery(daysQuery(m.id, zone))
  return (
    <Panel title="Uptime" sub="90 days">
      <Load query={days} skeleton={<Skeleton rows={2} />}>
        {({ data }) => (
          <div className="px-3.5 pt-3 pb-2">
            <UptimeBars
              bars={data.map((d) => barOf(d, now))}
              label={summary(data)}
              from={data[0] ? weekday(noon(data[0].day), 'UTC', now) : ''}
              to="today"
            />
          </div>
        )}
      </Load>
      <dl className="grid grid-cols-4 border-y border-line-soft [&>div]:border-r [&>div]:border-line-soft [&>div]:py-2.5 [&>div]:pl-[11px] [&>div:last-child]:border-0">
        {spans.map(([name, length]) => (
          // to the end of this minute, which the API takes as now: a monitor of half a minute has its figures too
          <Span key={name} id={m.id} name={name} from={now - length * DAY} to={now + MINUTE} />
        ))}
      </dl>
      <BarsLegend />
    </Panel>
  )
}

function Span({ id, name, from, to }: { id: string; name: string; from: number; to: number }) {
  const { data } = useQuery(availabilityQuery(id, from, to))
  const down = data?.down_seconds ?? 0
  return (
    <div>
      <dt className="text-12 text-text-3">{name}</dt>
      <dd className={cx('font-semibold', down > 0 && 'text-down')}>
        {percent(data?.availability)}
        <small className="block text-11 font-normal text-text-3">
          {down ? duration(Math.round(down) * 1000) : data?.availability == null ? 'no data' : 'none down'}
        </small>
      </dd>
    </div>
  )
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`)

function barOf(d: Day, now: number): Bar {
  const when = weekday(noon(d.day), 'UTC', now)
  const words = {
    up: `${percent(d.availability)}`,
    down: `${percent(d.availability)}, ${duration(Math.round(d.down_seconds) * 1000)} down, ${plural(d.incidents, 'incident')}`,
    maintenance: 'maintenance',
    paused: 'paused',
    none: 'no data',
  }
  return { state: d.state, says: `${when}: ${words[d.state]}` }
}

function summary(days: readonly Day[]): string {
  const of = (state: Day['state']) => days.filter((d) => d.state === state).length
  return `Uptime of the last ${days.length} days: ${plural(of('down'), 'day')} with downtime, ${of('maintenance')} with maintenance, ${of('none') + of('paused')} without data`
}
