import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button } from '../../ui/button.tsx'
import { To, useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { Command, EmptyState, Load, Skeleton } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { count, plural } from '../../words.ts'
import { sourcesQuery } from '../logs/queries.ts'
import { methodNames } from './methods.ts'
import { NewSource } from './new-source.tsx'
import { healthQuery } from './queries.ts'

const shape = { open: text(), sel: text() }
const HEARD_MS = 10_000

/** `/sources`: is data arriving, and how do I send more? */
export function Page() {
  useTitle('Sources')
  const { may } = useMe()
  const go = useGo()
  const [view, setView] = useUrlState(shape)
  const query = useQuery(sourcesQuery)
  const writes = may('logs:write')
  const create = () => writes && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New source', group: 'Actions', run: create }])
  const rows = useMemo(() => rowsOf(query.data ?? [], (s) => s.id), [query.data])
  const button = writes && (
    <Button kind="primary" icon={Plus} keys="c" onClick={create}>
      New source
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Sources"
        lead={query.data && query.data.length > 0 && <span>{plural(query.data.length, 'source')}</span>}
        actions={button}
      />
      <Panel label="Sources">
        <Load query={query} skeleton={<Skeleton rows={6} saying="Loading sources" />}>
          {(sources) =>
            sources.length === 0 ? (
              <EmptyState title="Nothing sends yet">
                <p>
                  A source is one thing that sends logs, traces or metrics, with a token of its own. Make one, and this page shows how to
                  connect it.
                </p>
                {button}
                <p>Or from a terminal, with a key from Settings:</p>
                <Command
                  label="Create a source with curl"
                  text={`curl ${location.origin}/api/logs/sources -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" -d '{"name":"my-app","ingestion_method":"HTTP"}'`}
                />
              </EmptyState>
            ) : (
              <Table<Source>
                label={`Sources, ${count(sources.length)}`}
                columns={columns}
                rows={rows}
                fixed
                href={(s) => `/sources/${s.id}`}
                selected={view.sel}
                onSelect={(sel) => setView({ sel }, { replace: true })}
              />
            )
          }
        </Load>
      </Panel>
      {view.open === 'new' && writes && <NewSource onClose={() => setView({ open: '' })} onMade={(s) => go(`/sources/${s.id}`)} />}
    </>
  )
}

function Heard({ source, what }: { source: Source; what: 'last' | 'rate' | 'refused' }) {
  const { data, error } = useQuery({ ...healthQuery(source.id), refetchInterval: HEARD_MS })
  if (!data) return <span className="text-text-3">{error ? 'not known now' : ''}</span>
  if (what === 'rate') return <>{count(data.events_last_minute)}</>
  if (what === 'refused') {
    const refused = data.refused.reduce((n, r) => n + r.count, 0)
    return refused ? (
      <span className="text-warn" title={data.refused.map((r) => `${r.count} ${r.reason}`).join(', ')}>
        {count(refused)}
      </span>
    ) : (
      <span className="text-text-3">0</span>
    )
  }
  return data.last_event_at ? <Ago at={data.last_event_at} /> : <span className="text-text-3">never</span>
}

const columns: Column<Source>[] = [
  {
    id: 'name',
    head: 'Name',
    cell: (s) => (
      <span className="flex min-w-0 items-center gap-2">
        {s.ingesting_paused && (
          <span className="text-idle">
            <Shape state="paused" />
          </span>
        )}
        <To href={`/sources/${s.id}`} className="truncate font-550 hover:underline">
          {s.name}
        </To>
        {s.ingesting_paused && <span className="text-12 text-text-3">paused</span>}
      </span>
    ),
  },
  {
    id: 'kind',
    head: 'Fed by',
    className: 'w-44 below-900:hidden',
    cell: (s) => <span className="text-text-2">{methodNames[s.ingestion_method]}</span>,
  },
  { id: 'last', head: 'Last event', className: 'w-36 phone:w-28', cell: (s) => <Heard source={s} what="last" /> },
  { id: 'rate', head: 'Last minute', numeric: true, className: 'w-28 phone:hidden', cell: (s) => <Heard source={s} what="rate" /> },
  { id: 'refused', head: 'Refused', numeric: true, className: 'w-24 below-1000:hidden', cell: (s) => <Heard source={s} what="refused" /> },
  {
    id: 'kept',
    head: 'Kept',
    numeric: true,
    className: 'w-24 below-1000:hidden',
    cell: (s) => (
      <>
        {s.retention_days} <span className="text-text-3">d</span>
      </>
    ),
  },
]
