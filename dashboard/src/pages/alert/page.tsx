import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { ApiError } from '../../api.ts'
import { rememberVisit } from '../../recent.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Icon } from '../../ui/icon.tsx'
import { To, useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { ErrorState, Skeleton, StaleNotice } from '../../ui/state.tsx'
import { choice, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { stateOf } from '../alerts/words.ts'
import { alertQuery } from '../board/queries.ts'
import { NotFound } from '../not-found.tsx'
import { Editor } from './editor.tsx'
import { Known } from './known.tsx'

const shape = { edit: choice('', '1'), expr: text(), name: text(), threshold: text() }

/** `/alerts/:id`: does it fire, since when, and was it right before? `/alerts/new` makes one. */
export function Page() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return id === 'new' ? <New /> : <One id={id} />
}

function New() {
  useTitle('New alert')
  const go = useGo()
  const [{ expr, name, threshold }] = useUrlState(shape)
  return <Editor alert={null} given={{ expr, name, threshold }} onDone={() => go('/alerts')} />
}

function One({ id }: { id: string }) {
  const [view, setView] = useUrlState(shape)
  const query = useQuery({ ...alertQuery(id), refetchInterval: view.edit ? false : 15_000 })
  const { team } = useMe()
  const a = query.data
  useTitle(a ? `${stateOf[a.state].word}: ${a.name}` : 'Alert')
  useEffect(() => {
    if (a) rememberVisit(team.id, { href: `/alerts/${a.id}`, name: a.name, kind: 'alert' })
  }, [a, team.id])
  if (query.error instanceof ApiError && query.error.status === 404) return <NotFound />
  if (!a)
    return (
      <>
        <PageHeader title="Alert" />
        <Panel label="The alert">
          {query.error ? (
            <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} />
          ) : (
            <Skeleton rows={12} saying="Loading the alert" />
          )}
        </Panel>
      </>
    )
  if (view.edit) return <Editor key={a.id} alert={a} onDone={() => setView({ edit: '' })} />
  return (
    <>
      <StaleNotice query={query} />
      <Known key={a.id} alert={a} onEdit={() => setView({ edit: '1' })} />
    </>
  )
}

export const Crumbs = ({ name }: { name: string }) => (
  <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-text-3 [&>a:hover]:text-text">
    <To href="/alerts">Alerts</To>
    <Icon of={ChevronRight} size={12} />
    <h1 className="min-w-0 truncate text-16 font-semibold tracking-[-0.01em] text-text">{name}</h1>
  </nav>
)
