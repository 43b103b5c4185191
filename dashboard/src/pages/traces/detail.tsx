import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { cx } from '../../ui/cx.ts'
import { TextLink } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { stringifySearch } from '../../url.ts'
import { count } from '../../words.ts'
import { levelOf } from '../logs/level.ts'
import { clockMs } from '../logs/lines.ts'
import { took } from '../logs/numbers.ts'
import type { Found } from '../logs/wire.ts'
import type { Trace, TraceSpan } from './wire.ts'

/** One span in full: times, attributes, events. */
export function SpanDetail({ span }: { span: TraceSpan }) {
  const zone = useZone()
  const facts: [string, string][] = [
    ['service', span.service],
    ['took', took(span.duration_ms)],
    ['its own', took(span.self_ms)],
    ['started', `${clockMs(span.started_at, zone)}, ${took(span.offset_ms)} in`],
    ['status', span.status === 'unset' ? 'not set' : span.status],
    ...(span.status_message ? ([['message', span.status_message]] as [string, string][]) : []),
    ...(span.kind ? ([['kind', span.kind]] as [string, string][]) : []),
    ...Object.entries(span.attributes),
    ['span_id', span.span_id],
    ...(span.parent_span_id ? ([['parent', span.parent_span_id]] as [string, string][]) : []),
  ]
  return (
    <Panel title={<span className="[overflow-wrap:anywhere]">{span.operation || span.service}</span>}>
      <dl className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 px-3.5 pt-2.5 pb-3 text-12 leading-5">
        {facts.map(([name, value], i) => (
          // an attribute may have the name of a column
          <div key={i} className="contents">
            <dt className="max-w-40 truncate text-text-3" title={name}>
              {name}
            </dt>
            <dd
              className={cx(
                '[overflow-wrap:anywhere]',
                /_id$|^parent$/.test(name) && 'font-mono',
                name === 'status' && value === 'error' && 'text-down',
              )}
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {span.events.map((event, i) => (
        <div key={i} className="border-t border-line-soft px-3.5 py-2 text-12 leading-5">
          <b className="font-550">{event.name}</b> <span className="font-mono text-text-3">{clockMs(event.at, zone)}</span>
          {Object.entries(event.attributes).map(([name, value]) => (
            <div key={name} className="font-mono whitespace-pre-wrap text-text-2 [overflow-wrap:anywhere]">
              <span className="text-text-3">{name}</span> {value}
            </div>
          ))}
        </div>
      ))}
    </Panel>
  )
}

const SHOWN = 20
/** What was logged inside the span, or in the whole trace when nothing was inside it. */
export function SpanLogs({ trace, span }: { trace: Trace; span: TraceSpan }) {
  const zone = useZone()
  const start = Date.parse(trace.started_at)
  const [from, to] = [new Date(start - 60_000).toISOString(), new Date(start + trace.duration_ms + 300_000).toISOString()]
  const ask = (query: string) => ({
    queryKey: ['logs', 'trace', query, from, to],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.post<Found>('/api/logs/search', { query, from, to, limit: SHOWN, order: 'asc' }, { signal }),
    staleTime: 60_000,
  })
  const q = `trace_id=${trace.trace_id} span_id=${span.span_id}`
  const { data } = useQuery(ask(q))
  const href = `/logs${stringifySearch({ q: `trace_id=${trace.trace_id}`, from, to })}`
  return (
    <Panel
      title="Logs of this span"
      sub={data && (data.pagination.next ? `first ${SHOWN}` : count(data.data.length))}
      actions={
        <TextLink href={href} className="px-1.5 text-12">
          All of the trace
        </TextLink>
      }
    >
      {data?.data.length ? (
        <ul className="overflow-hidden px-3.5 pt-1.5 pb-2.5 font-mono text-12 leading-[22px]">
          {data.data.map((row, i) => {
            const level = levelOf(row.level)
            return (
              <li key={i} className="grid grid-cols-[62px_34px_minmax(0,1fr)] gap-1.5 whitespace-nowrap">
                <span className="text-text-3">{clockMs(row.timestamp, zone).slice(6)}</span>
                <span
                  className={cx(
                    'text-11 leading-[22px] font-semibold',
                    level.kind === 'error' ? 'text-down' : level.kind === 'warn' ? 'text-warn' : 'text-text-2',
                  )}
                >
                  {level.letters}
                </span>
                <span className="truncate" title={row.message}>
                  {row.message}
                </span>
              </li>
            )
          })}
        </ul>
      ) : (
        <p className="px-3.5 py-2.5 text-12 text-text-3">{data ? 'Nothing was logged inside it.' : 'Looking for its lines.'}</p>
      )}
    </Panel>
  )
}
