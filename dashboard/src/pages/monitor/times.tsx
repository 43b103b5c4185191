import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { places } from '../../../../shared/uptime/regions.ts'
import { useZone } from '../../prefs.ts'
import { fallbackOf, fromInstants, fromLive, presets, type Range, rangeOf, shifted, stepOf } from '../../range.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, Load, Skeleton } from '../../ui/state.tsx'
import { useNow } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { Incident, Monitor, ResponseTimes } from '../../wire.ts'
import { dayAndClock, duration, plural } from '../../words.ts'
import { gapBands, incidentBands } from './bands.ts'
import type { View } from './page.tsx'
import { incidentsQuery, timesQuery } from './queries.ts'
import { TimesData } from './times-data.tsx'
import { colourOf, isolate, Legend } from './times-legend.tsx'

const Chart = lazy(() => import('../../ui/chart.tsx').then((m) => ({ default: m.Chart })))

const none: readonly Incident[] = []

/** Response time by region over the page's range, with its incidents; the legend is the table of its numbers. */
export function Times({ monitor: m, view: [view, setView] }: { monitor: Monitor; view: View }) {
  const zone = useZone()
  const tick = useNow(10_000)
  const [isolated, setIsolated] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<number | null>(null)
  const box = useRef<HTMLDivElement>(null)
  // a live range moves in steps, so that its answer can be cached
  const now = Math.ceil(tick / 30_000) * 30_000
  const fallback = fallbackOf(m.created_at, now)
  const range = useMemo(() => rangeOf(view.from, view.to, now, fallback), [view.from, view.to, now, fallback])
  const step = stepOf(range, box.current?.clientWidth ?? 760, m.check_frequency, m.regions.length)
  const query = useQuery({
    ...timesQuery(m.id, range.from, range.to, step),
    select: (t: ResponseTimes) => ({
      ...t,
      series: t.series.toSorted((a, b) => m.regions.indexOf(a.region) - m.regions.indexOf(b.region)),
    }),
  })
  const incidents = useQuery(incidentsQuery(m.id)).data?.data ?? none
  const move = (to: { from: string; to: string }) => setView(to)
  useKeys([
    { keys: '[', label: 'Earlier', group: 'Range', run: () => move(shifted(range, -1, now)) },
    { keys: ']', label: 'Later', group: 'Range', run: () => move(shifted(range, 1, now)) },
    { keys: '.', label: 'Now', group: 'Range', run: () => move(fromLive(range.live ?? fallback, fallback)) },
  ])
  const share = m.regions.length > 1 ? `by region, 1 in ${m.regions.length} checks each, ` : ''
  return (
    <Panel
      title="Response time"
      sub={
        <span title={`1 point = ${duration(step * 1000)}`}>
          {share}
          {dayAndClock(range.from, zone, now).replace('today ', '')} to {dayAndClock(range.to, zone, now).replace('today ', '')} {zone}
        </span>
      }
      actions={
        <>
          <Button
            kind="ghost"
            aria-pressed={view.data === 'table'}
            onClick={() => setView({ data: view.data === 'table' ? 'chart' : 'table' })}
          >
            {view.data === 'table' ? 'Chart' : 'Data'}
          </Button>
          <Segmented
            label="Time range"
            value={(range.live ?? '') as (typeof presets)[number]}
            options={presets.map((p) => [p, `${p.slice(0, -1)} ${p.at(-1)}`] as const)}
            onChange={(p) => move(fromLive(p, fallback))}
          />
        </>
      }
    >
      <div ref={box}>
        <Load query={query} skeleton={<Skeleton rows={6} />}>
          {(times) => {
            if (!times.series.some((s) => s.points.length))
              return (
                <EmptyState
                  title={m.last_checked_at ? 'No checks in this range' : 'No checks yet'}
                  waiting={m.last_checked_at ? undefined : 'Waiting for the first check.'}
                >
                  {m.last_checked_at && <Button onClick={() => move(fromLive('30d', fallback))}>Show 30 days</Button>}
                </EmptyState>
              )
            if (view.data === 'table') return <TimesData times={times} zone={zone} />
            return (
              <>
                <div className="px-3.5 pt-3 pb-1.5">
                  <Lines
                    times={times}
                    isolated={isolated}
                    incidents={incidents}
                    range={range}
                    zone={zone}
                    onCursor={setCursor}
                    onRange={(from, to) => move(fromInstants(from, to))}
                  />
                </div>
                <Legend
                  times={times}
                  cursor={cursor}
                  zone={zone}
                  isolated={isolated}
                  onIsolate={(region, add) => setIsolated((now) => isolate(now, region, add))}
                />
              </>
            )
          }}
        </Load>
      </div>
    </Panel>
  )
}

type LinesProps = {
  times: ResponseTimes
  isolated: ReadonlySet<string>
  incidents: readonly Incident[]
  range: Range
  zone: string
  onCursor: (at: number | null) => void
  onRange: (from: number, to: number) => void
}

function Lines({ times, isolated, incidents, range: { from, to }, zone, onCursor, onRange }: LinesProps) {
  const stepMs = times.step * 1000
  const series = useMemo(
    () =>
      times.series
        .filter((s) => !isolated.size || isolated.has(s.region))
        .map((s) => ({
          name: s.region,
          colour: colourOf(s.region),
          points: s.points.map((p) => ({ at: Date.parse(p.at), value: p.p95_ms })),
        })),
    [times, isolated],
  )
  const bands = useMemo(
    () => [...gapBands(times.series, stepMs), ...incidentBands(incidents, from, to)],
    [times, stepMs, incidents, from, to],
  )
  return (
    <Suspense fallback={<div className="h-[236px]" />}>
      <Chart
        label={reading(times, incidents.length)}
        series={series}
        stepMs={stepMs}
        from={from}
        to={to}
        bands={bands}
        zone={zone}
        onCursor={onCursor}
        onSelect={onRange}
        onWiden={() => onRange(from - (to - from), to)}
      />
    </Suspense>
  )
}

function reading({ series }: ResponseTimes, incidents: number): string {
  const parts = series.map((s) => `${places[s.region].label} ${s.p50_ms === null ? 'nothing' : `${Math.round(s.p50_ms)} ms`}`)
  return `Response time in milliseconds by region. Medians: ${parts.join(', ')}. ${plural(incidents, 'incident')} of this monitor on record.`
}
