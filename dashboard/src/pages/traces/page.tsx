import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { FilterField } from '../../filter.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants } from '../../range.ts'
import { useTitle } from '../../title.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { To } from '../../ui/link.tsx'
import { PageHeader, Panel, Stack } from '../../ui/panel.tsx'
import { Command, EmptyState, ErrorState, Skeleton } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import { clock, count, dayAndClock, plural } from '../../words.ts'
import { took } from '../logs/numbers.ts'
import { RangePicker } from '../logs/range-picker.tsx'
import { sampleQuery, searchQuery, servicesQuery } from './queries.ts'
import { Red } from './red.tsx'
import type { Chosen } from './ruler.ts'
import { Scatter } from './scatter.tsx'
import { queryOf, rangeIn, shape, tokensOf, viewOfTokens } from './view.ts'
import type { TraceLine } from './wire.ts'

const none: never[] = []

/** `/traces`: which requests were slow or failed? */
export function Page() {
  useTitle('Traces')
  const zone = useZone()
  const [view, setView] = useUrlState(shape)
  const [asOf, setAsOf] = useState(() => Date.now())
  const range = useMemo(() => rangeIn(view, asOf), [view.from, view.to, asOf])
  const asked = useMemo(() => queryOf(view, range), [view.q, view.service, view.operation, view.status, view.min, view.max, range])
  const list = useInfiniteQuery(searchQuery(asked))
  const services = useQuery(servicesQuery(new Date(range.from).toISOString(), new Date(range.to).toISOString()))
  const sample = useQuery(sampleQuery(asked))
  const traces = useMemo(() => list.data?.pages.flatMap((p) => p.data) ?? none, [list.data])
  const rows = useMemo(() => rowsOf(traces, (t) => t.trace_id), [traces])
  const columns = useMemo(() => columnsOf(zone, asOf), [zone, asOf])
  const fields = useMemo<FilterField[]>(
    () => [
      { key: 'service', hint: 'by name', values: (services.data?.data ?? []).map((s) => ({ value: s.service })) },
      {
        key: 'operation',
        hint: 'POST /v1/checkout',
        values: [...new Set(traces.map((t) => t.operation))].slice(0, 50).map((value) => ({ value })),
      },
      { key: 'status', hint: 'error, ok', values: ['error', 'ok', 'unset'].map((value) => ({ value })) },
      { key: 'min', hint: 'at least: 250ms, 1s', values: ['100ms', '500ms', '1s', '5s'].map((value) => ({ value })) },
      { key: 'max', hint: 'at most: 250ms, 1s', values: ['100ms', '500ms', '1s'].map((value) => ({ value })) },
    ],
    [services.data, traces],
  )
  const refresh = () => setAsOf(Date.now())
  const choose = ({ from, to, minMs, maxMs }: Chosen) =>
    setView({
      ...fromInstants(from, to),
      sel: '',
      ...(minMs === null ? {} : { min: String(minMs) }),
      ...(maxMs === null ? {} : { max: String(maxMs) }),
    })
  useKeys([{ keys: '.', label: 'Now', group: 'Range', run: refresh }])
  const filtered = view.q !== '' || tokensOf(view).length > 0
  const nothing = list.data && traces.length === 0
  const neverAny = nothing && !filtered && services.data?.data.length === 0
  return (
    <>
      <PageHeader
        title="Traces"
        lead={services.data && services.data.data.length > 0 && <span>{plural(services.data.data.length, 'service')} in this range</span>}
        actions={
          <>
            <Button kind="ghost" icon={RotateCw} keys="." onClick={refresh} aria-label={`As of ${clock(asOf, zone)}. Ask again, key .`}>
              <span className="phone:hidden">as of {clock(asOf, zone)}</span>
            </Button>
            <RangePicker
              range={range}
              zone={zone}
              now={asOf}
              onChange={(to) => {
                refresh()
                setView(to)
              }}
            />
          </>
        }
      />
      {neverAny ? (
        <Panel label="No traces">
          <NoTraces />
        </Panel>
      ) : (
        <Stack>
          <Red query={services} chosen={view.service} onChoose={(service) => setView({ service, operation: '' })} />
          <Panel label="Traces">
            <FilterBar
              label="Filter traces"
              placeholder="Filter: service:…, status:error, min:1s, words"
              fields={fields}
              tokens={tokensOf(view)}
              text={view.q}
              onChange={({ tokens, text }, typing) => setView({ q: text, ...viewOfTokens(tokens) }, { replace: typing })}
              count={list.data && <span role="status">{`${count(traces.length)}${list.hasNextPage ? ' and more' : ''}`}</span>}
            />
            {list.error && !list.data ? (
              <ErrorState error={list.error} retry={list.refetch} retrying={list.isFetching} />
            ) : !list.data ? (
              <Skeleton rows={12} saying="Searching traces" />
            ) : nothing ? (
              <EmptyState title="Nothing matches">
                <p>No trace of this range {filtered ? 'passes this filter' : 'is stored'}.</p>
                <div className="flex flex-wrap gap-2">
                  {filtered && <Button onClick={() => setView({ q: '', ...viewOfTokens([]) })}>Clear the filter</Button>}
                  {range.to - range.from < 86_400_000 && (
                    <Button onClick={() => setView({ from: '-24h', to: '' })}>Look at the last 24 h</Button>
                  )}
                </div>
              </EmptyState>
            ) : (
              <div className={list.isPlaceholderData ? 'grayscale' : undefined}>
                {sample.data && <Scatter sample={sample.data} range={range} zone={zone} onChoose={choose} />}
                <Table<TraceLine>
                  label={`Traces, ${count(traces.length)}`}
                  columns={columns}
                  rows={rows}
                  fixed
                  href={(t) => `/traces/${t.trace_id}`}
                  selected={view.sel}
                  onSelect={(sel) => setView({ sel }, { replace: true })}
                />
                {list.hasNextPage && (
                  <div className="border-t border-line-soft p-2.5">
                    <Button onClick={() => list.fetchNextPage()} busy={list.isFetchingNextPage}>
                      {list.isFetchNextPageError ? 'Did not load, try again' : 'Show older ones'}
                    </Button>
                  </div>
                )}
              </div>
            )}
          </Panel>
        </Stack>
      )}
    </>
  )
}

const columnsOf = (zone: string, now: number): Column<TraceLine>[] => [
  {
    id: 'start',
    head: 'Start',
    className: 'w-36 phone:hidden',
    cell: (t) => (
      <span className="font-mono text-12 text-text-2">
        {dayAndClock(Date.parse(t.started_at), zone, now)
          .replace(/^today /, '')
          .replace(/\d\d:\d\d$/, clock(Date.parse(t.started_at), zone))}
      </span>
    ),
  },
  {
    id: 'root',
    head: 'Root',
    cell: (t) => (
      <span className="flex min-w-0 items-center gap-2">
        {t.errors > 0 && (
          <span className="text-down-solid">
            <Shape state="down" size={12} />
          </span>
        )}
        <To href={`/traces/${t.trace_id}`} className="truncate hover:underline">
          <b className="font-550">{t.service}</b> <span className="text-text-2">{t.operation}</span>
        </To>
      </span>
    ),
  },
  { id: 'spans', head: 'Spans', numeric: true, className: 'w-20 phone:hidden', cell: (t) => count(t.spans) },
  {
    id: 'errors',
    head: 'Errors',
    numeric: true,
    className: 'w-20 below-900:hidden',
    cell: (t) => (t.errors ? <span className="text-down">{count(t.errors)}</span> : <span className="text-text-3">0</span>),
  },
  { id: 'took', head: 'Took', numeric: true, className: 'w-24', cell: (t) => took(t.duration_ms) },
]

const NoTraces = () => (
  <EmptyState title="No traces yet" waiting="Waiting for the first span.">
    <p>Point any OpenTelemetry SDK or collector here, with a source's token; a trace appears as its spans arrive.</p>
    <Command
      label="Environment of an OpenTelemetry SDK"
      text={`OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin}\nOTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer $SOURCE_TOKEN"`}
    />
    <ButtonLink kind="primary" href="/sources">
      To the sources
    </ButtonLink>
  </EmptyState>
)
