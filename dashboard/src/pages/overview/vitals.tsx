import { useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { PagingTimes as PagingTimesSchema } from '../../../../shared/incidents/schema.ts'
import { api } from '../../api.ts'
import { SmallBars } from '../../ui/bars.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shape } from '../../ui/status.tsx'
import { useMinute } from '../../use-minute.ts'
import type { Incident, List, Monitor, MonitorCounts } from '../../wire.ts'
import { ago, count, duration, plural } from '../../words.ts'
import { hoursOf } from './hours.ts'

type PagingTimes = z.infer<typeof PagingTimesSchema>

/** Monitors up with the last 24 hours, and whether anything is open. */
export function Vitals({ counts, open }: { counts: MonitorCounts; open: readonly Incident[] }) {
  const now = useMinute()
  const since = new Date(now - 86_400_000).toISOString()
  const recent = useQuery({
    queryKey: ['incidents', 'day', since.slice(0, 16)],
    queryFn: ({ signal }) => api.get<List<Incident>>('/api/incidents', { from: since, per_page: 250 }, signal),
    placeholderData: (before) => before,
  })
  const last = useQuery({
    queryKey: ['incidents', 'latest', {}, 1],
    queryFn: ({ signal }) => api.get<List<Incident>>('/api/incidents', { per_page: 1 }, signal),
  })
  const first = useQuery({
    queryKey: ['monitors', 'first'],
    queryFn: ({ signal }) => api.get<List<Monitor>>('/api/uptime/monitors', { sort: 'created_at', per_page: 1 }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.data[0]
  const known = [...open, ...(recent.data?.data ?? []).filter((i) => !open.some((o) => o.id === i.id))]
  const hours = hoursOf(known, now + 60_000, first ? Date.parse(first.created_at) : now)
  const trouble = hours.filter((h) => h === 'down').length
  const parts = [
    counts.down && `${count(counts.down)} down`,
    counts.validating && `${count(counts.validating)} validating`,
    counts.maintenance && `${count(counts.maintenance)} in maintenance`,
    counts.paused && `${count(counts.paused)} paused`,
    counts.pending && `${count(counts.pending)} pending`,
  ].filter(Boolean)
  const lastOne = last.data?.data[0]
  return (
    <Panel label="Monitors up, last 24 hours">
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.2fr)] phone:grid-cols-2 [&>div]:min-w-0 [&>div]:border-r [&>div]:border-line-soft [&>div]:px-3.5 [&>div]:py-3 [&>div:last-child]:border-0">
        <div>
          <dt className="text-12 text-text-2">Monitors up</dt>
          <dd className="text-20 font-semibold tracking-[-0.02em] whitespace-nowrap">
            {count(counts.up)} <small className="text-12 font-normal tracking-normal text-text-2">of {count(counts.total)}</small>
          </dd>
          <dd className="text-12 text-text-3">{parts.join(', ') || 'all of them'}</dd>
        </div>
        <div>
          <dt className="text-12 text-text-2">Open incidents</dt>
          <dd className="flex items-center gap-2 text-20 font-semibold tracking-[-0.02em]">
            {!open.length && (
              <span className="text-up">
                <Shape state="up" size={16} />
              </span>
            )}
            {count(open.length)}
          </dd>
          <dd className="text-12 text-text-3">
            {open.length ? (
              open.some((i) => i.status === 'OPEN') ? (
                <span className="text-down">{count(open.filter((i) => i.status === 'OPEN').length)} not acknowledged</span>
              ) : (
                'somebody has each of them'
              )
            ) : lastOne ? (
              `Nothing open. Last incident ${ago(Date.parse(lastOne.created_at), now)}`
            ) : (
              'Nothing open. None so far'
            )}
          </dd>
        </div>
        <PageTimes />
        <div className="phone:border-t">
          <dt className="flex justify-between text-12 text-text-2">
            <span>24 h ago</span>
            <span>now</span>
          </dt>
          <dd className="pt-1.5 pb-1">
            <SmallBars states={hours} label={`Last 24 hours: ${plural(trouble, 'hour')} with an open incident`} className="h-[22px]!" />
          </dd>
          <dd className="text-12 text-text-3">
            {trouble ? `${plural(trouble, 'hour')} with an open incident` : 'No hour with an open incident'}
          </dd>
        </div>
      </dl>
    </Panel>
  )
}

/** Our own promise, measured on this team's own pages. */
function PageTimes() {
  const times = useQuery({
    queryKey: ['paging-times'],
    queryFn: ({ signal }) => api.get<PagingTimes>('/api/incidents/metrics/paging', undefined, signal),
    staleTime: 60_000,
  }).data
  const kept = times?.within_objective
  return (
    <div className="phone:border-t">
      <dt className="text-12 text-text-2">First page leaves</dt>
      <dd className="text-20 font-semibold tracking-[-0.02em] whitespace-nowrap">
        {times?.p50_ms == null ? '–' : duration(times.p50_ms)}{' '}
        <small className="text-12 font-normal tracking-normal text-text-2">median</small>
      </dd>
      <dd className="text-12 text-text-3">
        {times?.p99_ms == null || kept == null
          ? 'no page in 30 d'
          : `p99 ${duration(times.p99_ms)} of ${plural(times.pages, 'page')}, 30\u00a0d${kept < 1 ? `; ${Math.round(kept * 1000) / 10} % within ${times.objective_ms / 1000} s` : ''}`}
      </dd>
    </div>
  )
}
