import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { places } from '../../../../shared/uptime/regions.ts'
import type { FilterField } from '../../filter.ts'
import { usePrefs } from '../../prefs.ts'
import { policiesQuery } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { To } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { ErrorState, Skeleton } from '../../ui/state.tsx'
import { states } from '../../ui/status.tsx'
import { Table } from '../../ui/table.tsx'
import { Views } from '../../ui/tabs.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { MonitorCounts } from '../../wire.ts'
import { count } from '../../words.ts'
import { BulkBar } from './bulk.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { columnsOf } from './columns.tsx'
import { NoMonitors, NothingMatches } from './empty.tsx'
import { type Line, useRows } from './use-rows.ts'
import { hrefOf, notUp, shape, tokenKeys, tokensOf, type View, viewOfTokens } from './view.ts'

const MonitorForm = lazy(() => import('./form.tsx').then((m) => ({ default: m.MonitorForm })))

/** `/monitors`: which are not up? */
export function Page() {
  useTitle('Monitors')
  const { may } = useMe()
  const [view, setView] = useUrlState(shape)
  const list = useRows(view)
  const policies = useQuery(policiesQuery).data
  const { hiddenColumns } = usePrefs()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const pick = useCallback(
    (id: string) => setPicked((now) => (now.has(id) ? new Set([...now].filter((x) => x !== id)) : new Set(now).add(id))),
    [],
  )
  const columns = useMemo(
    () => columnsOf({ policies: policies ?? [], picked, onPick: pick }).filter((c) => !hiddenColumns.includes(c.id)),
    [policies, picked, pick, hiddenColumns],
  )
  const fields = useMemo<FilterField[]>(
    () => [
      {
        key: 'state',
        hint: 'down, paused, up …',
        values: (['down', 'validating', 'maintenance', 'pending', 'paused', 'up'] as const).map((value) => ({
          value,
          label: states[value].word,
        })),
      },
      { key: 'region', hint: 'us, eu, as, au', values: Object.entries(places).map(([value, { label }]) => ({ value, label })) },
      {
        key: 'group',
        hint: 'by name, or none',
        values: [...list.groups.map((g) => ({ value: g.name })), { value: 'none', label: 'in no group' }],
      },
      {
        key: 'type',
        hint: 'status, keyword …',
        values: ['status', 'expected_status_code', 'keyword', 'keyword_absence'].map((value) => ({ value })),
      },
      { key: 'paged', hint: 'me: those I am paged for by name', values: [{ value: 'me' }] },
      {
        key: 'under',
        hint: '99.9: up for less, in 30 days',
        values: ['99.99', '99.9', '99', '95'].map((value) => ({ value, label: `${value} %` })),
      },
    ],
    [list.groups],
  )
  const writes = may('uptime:write')
  const create = () => writes && setView({ open: 'new' })
  useKeys([
    { keys: 'c', label: 'New monitor', group: 'Actions', run: create },
    { keys: 'x', label: 'Select the row', group: 'This list', run: () => view.sel && pick(view.sel) },
    {
      keys: 'escape',
      label: 'Clear the selection, then the filter',
      group: 'This list',
      run: () => (picked.size ? setPicked(new Set()) : setView({ q: '', ...viewOfTokens([]) })),
    },
  ])

  if (list.counts && list.counts.total === 0 && !list.filtered)
    return (
      <>
        <PageHeader
          title="Monitors"
          actions={
            writes && (
              <Button kind="primary" icon={Plus} keys="c" onClick={create}>
                New monitor
              </Button>
            )
          }
        />
        <NoMonitors />
        <Form open={view.open} onClose={() => setView({ open: '' })} />
      </>
    )
  return (
    <>
      <PageHeader
        title="Monitors"
        lead={list.counts && <Sentence counts={list.counts} />}
        actions={
          <>
            <Segmented
              label="Arrange"
              className="phone:hidden"
              value={view.arrange}
              options={[
                ['groups', 'Groups'],
                ['flat', 'Flat'],
              ]}
              onChange={(arrange) => setView({ arrange })}
            />
            <ColumnMenu />
            {writes && (
              <Button kind="primary" icon={Plus} keys="c" onClick={create}>
                New monitor
              </Button>
            )}
          </>
        }
      />
      <Panel label="Monitors">
        <FilterBar
          label="Filter monitors"
          placeholder="Filter: name, host, state:down, group:…"
          fields={fields}
          tokens={tokensOf(view)}
          text={view.q}
          onChange={({ tokens, text }, typing) => setView({ q: text, ...viewOfTokens(tokens) }, { replace: typing })}
          views={<SavedViews counts={list.counts} view={view} filtered={list.filtered} />}
          count={<Shown list={list} />}
        />
        {list.failed?.error && !list.counts ? (
          <ErrorState error={list.failed.error} retry={list.retry} retrying={list.failed.isFetching} />
        ) : list.total === undefined ? (
          <Skeleton rows={14} saying="Loading monitors" />
        ) : list.rows.count === 0 ? (
          <NothingMatches view={view} groups={list.groups} onDrop={(tokens) => setView({ q: '', ...viewOfTokens(tokens) })} />
        ) : (
          <Table<Line>
            label={`Monitors, ${count(list.total)}`}
            fixed
            box="h-[calc(100dvh-40px-56px-41px-18px)] min-h-80 phone:h-auto phone:min-h-0 phone:overflow-visible rounded-b-3"
            rowClass="phone:[&>td]:h-14"
            columns={columns}
            rows={list.rows}
            href={(line) => (line.kind === 'monitor' ? `/monitors/${line.monitor.id}` : line.kind === 'more' ? line.href : null)}
            wide={(line) => (line.kind === 'monitor' ? null : <Wide line={line} />)}
            selected={view.sel}
            onSelect={(sel) => setView({ sel }, { replace: true })}
            picked={picked}
            onRange={list.onRange}
          />
        )}
      </Panel>
      {writes && <BulkBar picked={picked} selected={view.sel} onDone={() => setPicked(new Set())} />}
      <Form open={view.open} onClose={() => setView({ open: '' })} />
    </>
  )
}

const Form = ({ open, onClose }: { open: string; onClose: () => void }) => (
  <Suspense>{open && <MonitorForm key={open} id={open === 'new' ? null : open} onClose={onClose} />}</Suspense>
)

/** "9,988 of 10,000 up  1 down  1 validating …": zeros are left out, but the first is always said. */
const Sentence = ({ counts }: { counts: MonitorCounts }) => (
  <>
    <b className="font-550 text-text">
      {count(counts.up)} of {count(counts.total)} up
    </b>
    {counts.down > 0 && <span className="font-550 text-down">{count(counts.down)} down</span>}
    {counts.validating > 0 && <span>{count(counts.validating)} validating</span>}
    {counts.maintenance > 0 && <span>{count(counts.maintenance)} in maintenance</span>}
    {counts.paused > 0 && <span>{count(counts.paused)} paused</span>}
    {counts.pending > 0 && <span>{count(counts.pending)} pending</span>}
  </>
)

function SavedViews({ counts, view, filtered }: { counts: MonitorCounts | undefined; view: View; filtered: boolean }) {
  const { state } = view
  const alone = (key: (typeof tokenKeys)[number], value: string) =>
    !view.q && view[key].join() === value && tokenKeys.every((k) => k === key || !view[k].length)
  const trouble = counts && notUp.reduce((sum, s) => sum + counts[s], 0)
  const same = (of: readonly string[]) => alone('state', state.join()) && of.length === state.length && of.every((s) => state.includes(s))
  return (
    <Views
      views={[
        { href: hrefOf({}), name: 'All', count: counts && count(counts.total), current: !filtered },
        {
          href: hrefOf({ state: notUp.join(',') }),
          name: 'Not up',
          count: trouble === undefined ? undefined : count(trouble),
          current: same(notUp),
        },
        { href: hrefOf({ paged: 'me' }), name: 'Mine', current: alone('paged', 'me') },
        { href: hrefOf({ under: '99.9' }), name: 'Under 99.9 %', current: alone('under', '99.9') },
        { href: hrefOf({ state: 'paused' }), name: 'Paused', count: counts && count(counts.paused), current: same(['paused']) },
      ]}
    />
  )
}

function Shown({ list }: { list: ReturnType<typeof useRows> }) {
  if (list.total === undefined) return null
  return (
    <span role="status">{list.filtered ? `${count(list.total)} of ${count(list.counts?.total ?? list.total)}` : count(list.total)}</span>
  )
}

function Wide({ line }: { line: Exclude<Line, { kind: 'monitor' }> }) {
  if (line.kind === 'more')
    return (
      <To href={line.href} className="flex h-[30px] items-center px-4 text-12 text-text-2 hover:bg-hover">
        {line.says}
      </To>
    )
  return (
    <span className="flex h-[29px] items-center gap-2 px-2.5 text-12 phone:h-9">
      <button type="button" aria-expanded={line.open} onClick={line.toggle} className="inline-flex h-7 items-center gap-1.5 px-1 font-550">
        <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" className={line.open ? 'text-text-3' : '-rotate-90 text-text-3'}>
          <path
            d="m4.5 6.5 3.5 3.5 3.5-3.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        {line.name}
      </button>
      <span className="text-text-3">{line.says}</span>
    </span>
  )
}
