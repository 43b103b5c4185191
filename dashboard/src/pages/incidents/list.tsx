import { useZone } from '../../prefs.ts'
import { useOpenIncidents } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar, TokenChip } from '../../ui/filter-bar.tsx'
import { To } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { Sev, StatusGlyph } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Views } from '../../ui/tabs.tsx'
import { useNow } from '../../ui/time.tsx'
import { stringifySearch } from '../../url.ts'
import type { Incident, Monitor } from '../../wire.ts'
import { clock, count, dayAndClock, duration, weekday } from '../../words.ts'
import { label } from './actions.ts'
import { PER_PAGE, useIncidentList, useMtta } from './queries.ts'
import { matches, periods, queryOf, states, tokensOf, type View, viewOf } from './view.ts'

type Props = { view: View; setView: (patch: Partial<View>, options?: { replace?: boolean }) => void; monitors: readonly Monitor[] }
const no = 'phone:hidden'

/** Every incident that matches, newest first. */
export function IncidentTable({ view, setView, monitors }: Props) {
  const zone = useZone()
  const now = useNow(60_000)
  const onlyOpen = view.state === 'open' && !view.ack && !view.who
  const list = useIncidentList(queryOf(view, now), !onlyOpen)
  const open = useOpenIncidents()
  const mtta = useMtta()
  const named = monitors.map((m) => ({ id: m.id, name: m.pronounceable_name }))
  const tokens = tokensOf(view, named)
  const query = onlyOpen
    ? { ...open, data: open.data?.filter((i) => matches(i, view, now)) }
    : { ...list, data: list.data?.pages.flatMap((p) => p.data) }
  const more = !onlyOpen && list.hasNextPage
  const shown = query.data?.length ?? 0
  const change = (next: Parameters<typeof viewOf>[0], typing: boolean) => setView(viewOf(next, named), { replace: typing })
  const link = (patch: Partial<View>) => `/incidents${stringifySearch(patch)}`

  return (
    <Panel label="All incidents">
      <FilterBar
        label="Filter incidents"
        placeholder="Filter: title, state:open, sev:2, monitor:…, from:90d"
        fields={[
          { key: 'state', hint: 'open, acknowledged, resolved', values: states.map((value) => ({ value })) },
          { key: 'sev', hint: '1 to 4', values: ['1', '2', '3', '4'].map((value) => ({ value, label: `SEV${value}` })) },
          { key: 'monitor', hint: 'by name', values: named.map((m) => ({ value: m.name })) },
          { key: 'from', hint: 'not older than', values: periods.map((value) => ({ value })) },
          { key: 'ack', hint: 'nobody: never acknowledged', values: [{ value: 'nobody' }] },
          { key: 'who', hint: 'me: I have it, or had it', values: [{ value: 'me' }] },
        ]}
        tokens={tokens}
        text={view.q}
        onChange={change}
        views={
          <Views
            views={[
              { href: '/incidents', name: 'All', current: !tokens.length && !view.q },
              {
                href: link({ state: 'open' }),
                name: 'Open',
                count: open.data && count(open.data.length),
                current: onlyOpen && tokens.length === 1 && !view.q,
              },
              {
                href: link({ who: 'me' }),
                name: 'Mine',
                current: view.who === 'me' && tokens.length === 1 && !view.q,
              },
              {
                href: link({ state: 'resolved', ack: 'nobody' }),
                name: 'Nobody acknowledged',
                current: view.ack === 'nobody' && view.state === 'resolved' && tokens.length === 2 && !view.q,
              },
              {
                href: link({ from: '90d' }),
                name: '90 d',
                count: mtta.data && count(mtta.data.incidents),
                current: view.from === '90d' && tokens.length === 1 && !view.q,
              },
            ]}
          />
        }
        count={query.data && (more ? `1 to ${count(shown)}` : count(shown))}
      />
      <Load query={query as typeof open}>
        {(rows) =>
          rows.length ? (
            <>
              <Table
                label="Incidents table"
                columns={columns({ zone, now, named })}
                rows={rowsOf(rows, (i) => i.id)}
                href={(i) => `/incidents/${i.id}`}
                selected={view.sel || null}
                onSelect={(sel) => setView({ sel }, { replace: true })}
                rowClass="[&>td]:h-11 [&>td]:whitespace-nowrap"
                estimate={45}
              />
              {more && (
                <div className="border-t border-line-soft p-2 text-center">
                  <Button kind="ghost" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                    {PER_PAGE} older
                  </Button>
                </div>
              )}
            </>
          ) : (
            <Nothing view={view} setView={setView} named={named} />
          )
        }
      </Load>
    </Panel>
  )
}

type Shown = { zone: string; now: number; named: { id: string; name: string }[] }
const columns = ({ zone, now, named }: Shown): Column<Incident>[] => [
  { id: 'number', head: 'Number', className: no, cell: (i) => <span className="font-mono text-12 text-text-2">{label(i)}</span> },
  {
    id: 'title',
    head: 'Incident',
    className: 'max-w-[440px] phone:w-full phone:max-w-0',
    cell: (i) => (
      <>
        <To href={`/incidents/${i.id}`} className="block truncate leading-[18px] font-550">
          {i.title}
        </To>
        <span className="block truncate text-12 leading-4 text-text-3">
          {i.monitor_id ? (named.find((m) => m.id === i.monitor_id)?.name ?? 'a monitor') : i.alert_id ? 'an alert' : 'declared by hand'}
        </span>
      </>
    ),
  },
  { id: 'state', head: 'State', cell: (i) => <State incident={i} /> },
  { id: 'sev', head: 'Severity', className: no, cell: (i) => <Sev severity={i.severity} /> },
  {
    id: 'started',
    head: `Started, ${zone}`,
    numeric: true,
    className: no,
    cell: (i) => <time dateTime={i.created_at}>{started(Date.parse(i.created_at), zone, now)}</time>,
  },
  { id: 'ack', head: 'To acknowledge', numeric: true, className: no, cell: (i) => seconds(i.time_to_acknowledge) },
  {
    id: 'resolve',
    head: 'To resolve',
    numeric: true,
    className: no,
    cell: (i) => (i.status === 'RESOLVED' ? seconds(i.time_to_resolve) : 'open'),
  },
  { id: 'who', head: 'Who', className: 'below-1280:hidden text-text-2', cell: (i) => who(i) },
]

const seconds = (s: number | null): string => (s === null ? '–' : duration(s * 1000))
/** "14:14:00" on the reader's day, else "Sun 22 Nov 23:18". */
const started = (at: number, zone: string, now: number): string =>
  dayAndClock(at, zone, now).startsWith('today') ? clock(at, zone) : `${weekday(at, zone, now)} ${clock(at, zone, false)}`

const who = (i: Incident): string => {
  if (i.acknowledged_by) return i.acknowledged_by.name
  if (i.status !== 'RESOLVED') return 'nobody yet'
  return i.resolved_by?.type === 'monitor' ? 'by itself' : (i.resolved_by?.name ?? '–')
}

const State = ({ incident: i }: { incident: Incident }) => {
  if (i.status !== 'RESOLVED') return <StatusGlyph state={i.status === 'OPEN' ? 'open' : 'acknowledged'} />
  if (i.acknowledged_at) return <StatusGlyph state="resolved" />
  return (
    <>
      <span className="phone:hidden">
        <StatusGlyph state="resolved" word="Resolved, nobody acknowledged" />
      </span>
      <span className="hidden phone:inline">
        <StatusGlyph state="resolved" />
      </span>
    </>
  )
}

/** Says what was asked for, and offers each chip to be taken away. */
function Nothing({ view, setView, named }: { view: View; setView: Props['setView']; named: Shown['named'] }) {
  const tokens = tokensOf(view, named)
  const none = { q: '', state: '', sev: '', monitor: '', from: '', ack: '', who: '' }
  return (
    <EmptyState title="Nothing matches">
      <p>
        No incident has {view.q && <>“{view.q}” in its title</>}
        {view.q && tokens.length > 0 && ' and '}
        {tokens.length > 0 && 'all of these. Take one away:'}
      </p>
      {tokens.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {tokens.map((t) => (
            <TokenChip key={t.key} token={t} onRemove={() => setView({ [t.key]: '' } as Partial<View>)} />
          ))}
        </div>
      )}
      <Button onClick={() => setView(none)}>Show all</Button>
    </EmptyState>
  )
}
