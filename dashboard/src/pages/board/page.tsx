import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { ApiError } from '../../api.ts'
import { rememberVisit } from '../../recent.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Icon } from '../../ui/icon.tsx'
import { To } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { ErrorState, Skeleton, StaleNotice } from '../../ui/state.tsx'
import type { Search } from '../../url.ts'
import { NotFound } from '../not-found.tsx'
import { Known } from './known.tsx'
import { boardQuery } from './queries.ts'

/** `/dashboards/:id`: how do these numbers behave? */
export function Page() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const search = useSearch({ strict: false }) as Search
  const query = useQuery(boardQuery(id))
  const { team } = useMe()
  const board = query.data
  useTitle(board?.name ?? 'Dashboard')
  useEffect(() => {
    if (board) rememberVisit(team.id, { href: `/dashboards/${board.id}`, name: board.name, kind: 'dashboard' })
  }, [board, team.id])
  if (query.error instanceof ApiError && query.error.status === 404) return <NotFound />
  if (!board)
    return (
      <>
        <PageHeader title="Dashboard" />
        <Panel label="The dashboard">
          {query.error ? (
            <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} />
          ) : (
            <Skeleton rows={12} saying="Loading the dashboard" />
          )}
        </Panel>
      </>
    )
  return (
    <>
      <StaleNotice query={query} />
      <Known key={board.id} board={board} given={search} />
    </>
  )
}

export const Crumbs = ({ name }: { name: string }) => (
  <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-text-3 [&>a:hover]:text-text">
    <To href="/dashboards">Dashboards</To>
    <Icon of={ChevronRight} size={12} />
    <h1 className="min-w-0 truncate text-16 font-semibold tracking-[-0.01em] text-text">{name}</h1>
  </nav>
)
