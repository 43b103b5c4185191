import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { ApiError } from '../../api.ts'
import { groupsQuery, monitorQuery } from '../../queries.ts'
import { rememberVisit } from '../../recent.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Icon } from '../../ui/icon.tsx'
import { To } from '../../ui/link.tsx'
import { Columns, PageHeader, Panel } from '../../ui/panel.tsx'
import { ErrorState, Skeleton, StaleNotice } from '../../ui/state.tsx'
import { states } from '../../ui/status.tsx'
import { choice, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { Monitor } from '../../wire.ts'
import { NotFound } from '../not-found.tsx'
import { Checks } from './checks.tsx'
import { Facts } from './facts.tsx'
import { Head } from './head.tsx'
import { ItsIncidents } from './its-incidents.tsx'
import { Pager } from './pager.tsx'
import { Times } from './times.tsx'
import { Uptime } from './uptime.tsx'

const MonitorForm = lazy(() => import('../monitors/form.tsx').then((m) => ({ default: m.MonitorForm })))

export const shape = {
  from: text(),
  to: text(),
  region: text(),
  outcome: choice('all', 'down'),
  /** The opened check, `edit`, or `clone`. */
  open: text(),
  data: choice('chart', 'table'),
}
export type View = ReturnType<typeof useUrlState<typeof shape>>

/** `/monitors/:id`: is it up, for whom, and why do we say so? */
export function Page() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const query = useQuery({ ...monitorQuery(id), refetchInterval: 10_000 })
  const { team } = useMe()
  const m = query.data
  useTitle(m ? `${states[m.status].word}: ${m.name}` : 'Monitor')
  useEffect(() => {
    if (m) rememberVisit(team.id, { href: `/monitors/${m.id}`, name: m.name, kind: 'monitor' })
  }, [m, team.id])
  if (query.error instanceof ApiError && query.error.status === 404) return <NotFound />
  if (!m)
    return (
      <>
        <PageHeader title="Monitor" />
        <Panel label="The monitor">
          {query.error ? (
            <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} />
          ) : (
            <Skeleton rows={12} saying="Loading the monitor" />
          )}
        </Panel>
      </>
    )
  return (
    <>
      <StaleNotice query={query} />
      <Known key={m.id} monitor={m} />
    </>
  )
}

function Known({ monitor: m }: { monitor: Monitor }) {
  const view = useUrlState(shape)
  const [{ open }, setView] = view
  const group = useQuery(groupsQuery).data?.find((g) => g.id === m.monitor_group_id)
  return (
    <>
      <PageHeader
        title={
          <nav aria-label="Breadcrumb" className="flex min-w-0 flex-wrap items-center gap-1.5 text-text-3 [&>a:hover]:text-text">
            <To href="/monitors">Monitors</To>
            <Icon of={ChevronRight} size={12} />
            {group && (
              <>
                <To href={`/monitors?group=${encodeURIComponent(group.name)}`}>{group.name}</To>
                <Icon of={ChevronRight} size={12} />
              </>
            )}
            <span aria-current="page" className="max-w-80 truncate text-text-2">
              {m.name}
            </span>
          </nav>
        }
        actions={<Pager id={m.id} />}
      />
      <Head monitor={m} setOpen={(to) => setView({ open: to })} />
      <Facts monitor={m} />
      <Columns
        main={
          <>
            <Times monitor={m} view={view} />
            <Checks monitor={m} view={view} />
          </>
        }
        side={
          <>
            <Uptime monitor={m} />
            <ItsIncidents id={m.id} />
          </>
        }
      />
      <Suspense>
        {open === 'edit' && <MonitorForm id={m.id} onClose={() => setView({ open: '' })} />}
        {open === 'clone' && <MonitorForm id={null} like={m} onClose={() => setView({ open: '' })} />}
      </Suspense>
    </>
  )
}
