import { useQuery } from '@tanstack/react-query'
import { Plus, Upload } from 'lucide-react'
import { useMemo } from 'react'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { StatusGlyph } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Views } from '../../ui/tabs.tsx'
import { Ago, Since } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice, list, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { count } from '../../words.ts'
import { alertCountsQuery, alertsQuery } from '../board/queries.ts'
import type { Alert } from '../board/wire.ts'
import { ImportRules } from './import.tsx'
import { RuleFiles } from './rule-files.tsx'
import { firesWhen, sentence, stateOf } from './words.ts'

const states = ['firing', 'pending', 'unknown', 'inactive', 'paused']
const shape = { q: text(), state: list(), sort: choice('', 'noise'), sel: text(), open: choice('', 'import') }

/** `/alerts`: which rules fire, which are noisy? */
export function Page() {
  useTitle('Alerts')
  const go = useGo()
  const may = useMe().may('metrics:write')
  const [view, setView] = useUrlState(shape)
  const counts = useQuery(alertCountsQuery).data
  const query = useQuery(alertsQuery({ q: view.q, state: view.state }))
  const columns = useMemo(() => columnsOf(), [])
  useKeys(may ? [{ keys: 'c', label: 'New alert', group: 'Actions', run: () => go('/alerts/new') }] : [])
  const filtered = view.q !== '' || view.state.length > 0 || view.sort !== ''
  const one = (state: string) => ({ href: `/alerts?state=${state}`, current: view.state.join() === state && !view.q })
  return (
    <>
      <PageHeader
        title="Alerts"
        lead={counts && counts.total > 0 && <span role="status">{sentence(counts)}</span>}
        actions={
          may && (
            <>
              <Button icon={Upload} onClick={() => setView({ open: 'import' })}>
                Import rules
              </Button>
              <ButtonLink kind="primary" icon={Plus} keys="c" href="/alerts/new">
                New alert
              </ButtonLink>
            </>
          )
        }
      />
      {counts?.total === 0 && !filtered ? (
        <Panel label="No alerts">
          <EmptyState title="No alerts yet">
            <p>
              An alert evaluates PromQL on a schedule and opens an incident while it holds: beyond a threshold, or unusual for the hour.
              Before you save it you see when it would have fired in the last 30 days. Rule files of Prometheus come over as they are.
            </p>
            {may && (
              <div className="flex flex-wrap gap-2">
                <ButtonLink kind="primary" icon={Plus} href="/alerts/new">
                  New alert
                </ButtonLink>
                <Button icon={Upload} onClick={() => setView({ open: 'import' })}>
                  Import a rule file
                </Button>
              </div>
            )}
          </EmptyState>
        </Panel>
      ) : (
        <Panel label="All alerts">
          <FilterBar
            label="Filter alerts"
            placeholder="Filter: name or query, state:firing"
            fields={[{ key: 'state', hint: states.join(', '), values: states.map((value) => ({ value })) }]}
            tokens={view.state.map((value) => ({ key: 'state', value }))}
            text={view.q}
            onChange={({ tokens, text }, typing) =>
              setView({ q: text, state: tokens.map((t) => t.value).filter((s) => states.includes(s)) }, { replace: typing })
            }
            views={
              <Views
                views={[
                  { href: '/alerts', name: 'All', count: counts && count(counts.total), current: !filtered },
                  { name: 'Firing', count: counts && count(counts.firing), ...one('firing') },
                  { name: 'Pending', count: counts && count(counts.pending), ...one('pending') },
                  { href: '/alerts?sort=noise', name: 'Noisiest', current: view.sort === 'noise' },
                ]}
              />
            }
            count={query.data && count(query.data.data.length)}
          />
          <Load query={query}>
            {({ data }) =>
              data.length ? (
                <Table
                  label={`Alerts, ${count(data.length)}`}
                  columns={columns}
                  rows={rowsOf(view.sort === 'noise' ? [...data].sort((a, b) => noiseOf(b) - noiseOf(a)) : data, (a) => a.id)}
                  href={(a) => `/alerts/${a.id}`}
                  selected={view.sel}
                  onSelect={(sel) => setView({ sel }, { replace: true })}
                />
              ) : (
                <EmptyState title="Nothing matches">
                  <p>No alert passes this filter.</p>
                  <Button onClick={() => setView({ q: '', state: [], sort: '' })}>Clear the filter</Button>
                </EmptyState>
              )
            }
          </Load>
        </Panel>
      )}
      <RuleFiles may={may} />
      {view.open === 'import' && <ImportRules onClose={() => setView({ open: '' })} />}
    </>
  )
}

/** Incidents nobody acted on weigh most; then how often it fires at all. */
const noiseOf = (a: Alert): number => (a.incidents_30d - a.acted_on_30d) * 1000 + (a.fired_30d ?? 0)

const columnsOf = (): Column<Alert>[] => [
  {
    id: 'state',
    head: 'State',
    className: 'w-28',
    cell: (a) => <StatusGlyph state={stateOf[a.state].state} word={stateOf[a.state].word} />,
  },
  {
    id: 'name',
    head: 'Alert',
    cell: (a) => <span className="block max-w-80 truncate font-550">{a.name}</span>,
  },
  {
    id: 'when',
    head: 'Fires when',
    className: 'phone:hidden',
    cell: (a) => <span className="block max-w-64 truncate text-text-2">{firesWhen(a)}</span>,
  },
  {
    id: 'query',
    head: 'Query',
    className: 'below-1280:hidden',
    cell: (a) => <code className="block max-w-96 truncate font-mono text-12 text-text-3">{a.query}</code>,
  },
  {
    id: 'since',
    head: 'Since',
    className: 'w-32 phone:hidden',
    cell: (a) =>
      a.state === 'FIRING' || a.state === 'PENDING' ? (
        a.state_since && <Since at={a.state_since} />
      ) : (
        <span className="text-text-3">–</span>
      ),
  },
  {
    id: 'series',
    head: 'Series',
    numeric: true,
    className: 'w-20 below-900:hidden',
    cell: (a) => (a.active_count ? count(a.active_count) : <span className="text-text-3">0</span>),
  },
  {
    id: 'last',
    head: 'Last fired',
    className: 'w-32 below-900:hidden',
    cell: (a) => (a.last_fired_at ? <Ago at={a.last_fired_at} /> : <span className="text-text-3">never</span>),
  },
  {
    id: 'fired',
    head: 'Fires 30 d',
    numeric: true,
    className: 'w-24 phone:hidden',
    cell: (a) =>
      a.fired_30d === null ? (
        <span className="text-text-3" title="History is away">
          –
        </span>
      ) : (
        count(a.fired_30d)
      ),
  },
  {
    id: 'incidents',
    head: 'Incidents 30 d',
    numeric: true,
    className: 'w-28 below-900:hidden',
    cell: (a) => (a.incidents_30d ? count(a.incidents_30d) : <span className="text-text-3">0</span>),
  },
  {
    id: 'acted',
    head: 'Acted on',
    numeric: true,
    className: 'w-24 below-900:hidden',
    cell: (a) =>
      a.incidents_30d ? (
        <span className={a.acted_on_30d * 2 < a.incidents_30d ? 'text-warn' : ''}>
          {Math.round((a.acted_on_30d / a.incidents_30d) * 100)} %
        </span>
      ) : (
        <span className="text-text-3">–</span>
      ),
  },
]
