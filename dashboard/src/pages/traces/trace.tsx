import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronRight, Link2 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { ApiError } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { useTitle } from '../../title.ts'
import { Button, ButtonLink, Segmented } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { To } from '../../ui/link.tsx'
import { Columns, Note, PageHeader, Panel } from '../../ui/panel.tsx'
import { EmptyState, Load, Skeleton } from '../../ui/state.tsx'
import { Pill } from '../../ui/status.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import { moment, plural } from '../../words.ts'
import { took } from '../logs/numbers.ts'
import { SpanDetail, SpanLogs } from './detail.tsx'
import { Flame } from './flame.tsx'
import { Minimap } from './minimap.tsx'
import { traceQuery } from './queries.ts'
import { colours, ownTime } from './services.ts'
import { incomplete, told } from './tell.ts'
import { criticalPath, treeRows } from './tree.ts'
import { traceShape } from './view.ts'
import { bars, Waterfall } from './waterfall.tsx'
import { WhySlow } from './why.tsx'
import type { Trace, TraceSpan } from './wire.ts'

const ARRIVING_MS = 5_000
const LEGEND = 7

/** `/traces/<id>`: where did the time go? */
export function Page() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  useTitle(`Trace ${id.slice(0, 8)}`)
  const query = useQuery({
    ...traceQuery(id),
    // spans whose parent is not here may have company on its way
    refetchInterval: (q) =>
      q.state.data && !q.state.data.truncated && incomplete(q.state.data) && isYoung(q.state.data) ? ARRIVING_MS : false,
  })
  const copy = () => navigator.clipboard.writeText(location.href).then(() => toast('Link copied'))
  const missing = query.error instanceof ApiError && query.error.status === 404
  return (
    <>
      <PageHeader
        title={
          <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-text-3 [&>a:hover]:text-text">
            <To href="/traces">Traces</To>
            <Icon of={ChevronRight} size={12} />
            <span className="truncate font-mono text-12 text-text-2">{id}</span>
          </nav>
        }
        actions={<Button icon={Link2} aria-label="Copy the link" onClick={copy} />}
      />
      {missing ? (
        <Panel label="No such trace">
          <h1 className="sr-only">Trace {id}</h1>
          <EmptyState title="No span of this trace is stored">
            <p>It may be on its way, older than what the source keeps, or never sampled.</p>
            <div className="flex gap-2">
              <Button onClick={() => query.refetch()} busy={query.isFetching}>
                Look again
              </Button>
              <ButtonLink href={`/logs?q=trace_id=${id}&from=-24h`}>Its lines of the last 24 h</ButtonLink>
            </div>
          </EmptyState>
        </Panel>
      ) : (
        <Load
          query={query}
          skeleton={
            <>
              <h1 className="sr-only">Trace {id}</h1>
              <Skeleton rows={14} saying="Loading the trace" />
            </>
          }
        >
          {(trace) => <Whole trace={trace} />}
        </Load>
      )}
    </>
  )
}

const isYoung = (trace: Trace) => Date.now() - Date.parse(trace.started_at) < 10 * 60_000

/** What to look at first: the failed span with most time of its own, else the first. */
const worst = (spans: readonly TraceSpan[]): TraceSpan | undefined =>
  spans.reduce<TraceSpan | undefined>((best, s) => (s.status === 'error' && s.self_ms > (best?.self_ms ?? -1) ? s : best), undefined) ??
  spans[0]

function Whole({ trace }: { trace: Trace }) {
  const zone = useZone()
  const [view, setView] = useUrlState(traceShape)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const colour = useMemo(() => colours(trace.spans), [trace])
  const critical = useMemo(() => criticalPath(trace.spans), [trace])
  const rows = useMemo(() => treeRows(trace.spans, folded, critical), [trace, folded, critical])
  const fold = useCallback(
    (span: string, on: boolean) => setFolded((now) => (on ? new Set(now).add(span) : new Set([...now].filter((s) => s !== span)))),
    [],
  )
  const select = useCallback((span: string) => setView({ span }, { replace: true }), [setView])
  const path = view.path === 'on'
  const togglePath = () => setView({ path: path ? 'off' : 'on' })
  const look = (to: 'waterfall' | 'flame') => setView({ view: to })
  useKeys([
    { keys: 'c', label: 'Critical path', group: 'Actions', run: togglePath },
    {
      keys: 'v',
      label: view.view === 'flame' ? 'Waterfall' : 'Flame view',
      group: 'Actions',
      run: () => look(view.view === 'flame' ? 'waterfall' : 'flame'),
    },
  ])
  const selected = trace.spans.find((s) => s.span_id === view.span) ?? worst(trace.spans)
  const errors = trace.spans.filter((s) => s.status === 'error').length
  const services = ownTime(trace.spans)
  const waits = incomplete(trace)
  return (
    <>
      <div className="flex flex-wrap items-start gap-3 pt-0.5 pb-3.5">
        <div className="min-w-0 flex-1 phone:flex-none phone:basis-full">
          <h1 className="text-20 font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">{told(trace)}</h1>
          <p className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-12 leading-5 text-text-2">
            {errors > 0 && <Pill state="down" word={`Failed in ${plural(errors, 'span')}`} />}
            <span>{moment(Date.parse(trace.started_at), zone, Date.now())}</span>
            <span>
              {plural(trace.spans.length, 'span')}, {plural(services.length, 'service')}
            </span>
          </p>
        </div>
        <Segmented
          label="Spans as"
          value={view.view}
          options={[
            ['waterfall', 'Waterfall'],
            ['flame', 'Flame'],
          ]}
          onChange={look}
        />
        <Button keys="c" aria-pressed={path} onClick={togglePath} className="aria-pressed:bg-active">
          Critical path
        </Button>
      </div>
      {waits && (
        <div className="mb-3">
          <Note>{waits}</Note>
        </div>
      )}
      <Columns
        main={
          <Panel label={view.view === 'flame' ? 'Flame view' : 'Waterfall'}>
            <Minimap trace={trace} colours={colour} />
            {view.view === 'flame' ? (
              <Flame trace={trace} colours={colour} path={path} critical={critical} selected={selected?.span_id ?? ''} onSelect={select} />
            ) : (
              <Waterfall
                trace={trace}
                rows={rows}
                colours={colour}
                path={path}
                selected={selected?.span_id ?? ''}
                onSelect={select}
                onFold={fold}
              />
            )}
            <ul className="flex flex-wrap gap-x-3.5 gap-y-1 border-t border-line-soft px-3.5 py-2.5 text-12 text-text-2">
              {services.slice(0, LEGEND).map((s) => (
                <li key={s.service} className="flex items-center gap-1.5">
                  <span aria-hidden="true" className={cx('size-[9px] rounded-[2px]', bars[colour.get(s.service) ?? 8])} />
                  {s.service} <span className="text-text-3">{took(s.ms)}</span>
                </li>
              ))}
              {services.length > LEGEND && (
                <li className="flex items-center gap-1.5">
                  <span aria-hidden="true" className={cx('size-[9px] rounded-[2px]', bars[8])} />
                  other ({services.length - LEGEND})
                </li>
              )}
              {view.view === 'waterfall' && <li className="w-full text-text-3">dark = own time, light = waiting for a child</li>}
            </ul>
          </Panel>
        }
        side={
          selected && (
            <>
              <SpanDetail span={selected} />
              <WhySlow trace={trace.trace_id} />
              <SpanLogs span={selected} trace={trace} />
            </>
          )
        }
      />
    </>
  )
}
