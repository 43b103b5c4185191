import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { places } from '../../../../shared/uptime/regions.ts'
import { useZone } from '../../prefs.ts'
import { monitorQuery } from '../../queries.ts'
import { stepOf } from '../../range.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, Load, Skeleton } from '../../ui/state.tsx'
import { useNow } from '../../ui/time.tsx'
import type { IncidentDetail, ResponseTimes } from '../../wire.ts'
import { clock } from '../../words.ts'
import { gapBands, incidentBands } from '../monitor/bands.ts'
import { timesQuery } from '../monitor/queries.ts'
import { rangeAround } from './life.ts'

const Chart = lazy(() => import('../../ui/chart.tsx').then((m) => ({ default: m.Chart })))
const HEIGHT = 168
const colours = ['eu', 'us', 'as', 'au'] as const
const swatch = { eu: 'bg-s1', us: 'bg-s2', as: 'bg-s3', au: 'bg-s4' }
/** Response time of the monitor around the incident, with the incident's own band. */
export function Times({ incident, monitor: id }: { incident: IncidentDetail; monitor: string }) {
  const zone = useZone()
  const now = useNow(10_000)
  const monitor = useQuery(monitorQuery(id))
  const { from, to } = rangeAround(Date.parse(incident.started_at), incident.resolved_at ? Date.parse(incident.resolved_at) : null, now)
  const step = stepOf({ from, to, live: null }, 760, monitor.data?.check_frequency ?? 30, monitor.data?.regions.length ?? 4)
  const times = useQuery({ ...timesQuery(id, from, to, step), enabled: monitor.data !== undefined })
  return (
    <Panel
      title="Response time"
      sub={`${monitor.data?.pronounceable_name ?? ''} in ms, ${clock(from, zone, false)} to ${clock(to, zone, false)} ${zone}`}
      actions={
        <ButtonLink kind="ghost" href={`/monitors/${id}`} className="phone:hidden">
          Open monitor
        </ButtonLink>
      }
    >
      <Load query={times} skeleton={<Skeleton rows={4} saying="Loading the response times" />}>
        {(data) =>
          data.series.some((s) => s.points.length) ? (
            <Lines times={data} incident={incident} from={from} to={to} zone={zone} />
          ) : (
            <EmptyState title="No checks in this hour" />
          )
        }
      </Load>
    </Panel>
  )
}

function Lines({
  times,
  incident,
  from,
  to,
  zone,
}: {
  times: ResponseTimes
  incident: IncidentDetail
  from: number
  to: number
  zone: string
}) {
  const stepMs = times.step * 1000
  const { team_number, started_at, resolved_at } = incident
  const series = useMemo(
    () =>
      times.series.map((s) => ({
        name: s.region,
        colour: colours.indexOf(s.region) + 1,
        points: s.points.map((p) => ({ at: Date.parse(p.at), value: p.p95_ms })),
      })),
    [times],
  )
  const bands = useMemo(
    () => [...gapBands(times.series, stepMs), ...incidentBands([{ team_number, started_at, resolved_at }], from, to)],
    [times, stepMs, team_number, started_at, resolved_at, from, to],
  )
  const medians = times.series.map((s) => `${places[s.region].label} ${s.p50_ms === null ? 'nothing' : `${Math.round(s.p50_ms)} ms`}`)
  return (
    <div className="px-3.5 pt-3 pb-2.5">
      <Suspense fallback={<div style={{ height: HEIGHT }} />}>
        <Chart
          label={`Response time by region around the incident. Medians: ${medians.join(', ')}.`}
          series={series}
          stepMs={stepMs}
          from={from}
          to={to}
          bands={bands}
          zone={zone}
          height={HEIGHT}
        />
      </Suspense>
      <ul className="flex flex-wrap gap-x-3.5 gap-y-1 pt-1 pl-12 text-12 text-text-2 phone:pl-0">
        {times.series.map((s) => (
          <li key={s.region} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cx('h-[3px] w-3.5 rounded-[2px]', swatch[s.region])} />
            {places[s.region].label} {s.failed > 0 && <span className="text-down">{s.failed} failed</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
