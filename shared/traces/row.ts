import { attributesOf, type Origin } from '../logs/row.ts'

/** A span as its protocol gives it. Ids are lower-case hex, times are epoch ns. */
export type Span = {
  traceId: string
  spanId: string
  parentSpanId: string
  traceState: string
  name: string
  kind: number
  service: string
  startNs: bigint
  endNs: bigint
  status: { code: number; message: string }
  /** Of the span, with `resource` and `scope` beside them. */
  attributes: Record<string, unknown>
  events: { atNs: bigint; name: string; attributes: Record<string, unknown> }[]
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[]
}

/** The year 2100. */
const LAST_NS = 4_102_444_800_000_000_000n
const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['unset', 'ok', 'error']

const isHex = (text: string, digits: number) => text.length === digits && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text)

/** Why a span cannot be stored; null when it can. */
export const wrongSpan = ({ traceId, spanId, startNs }: Span): string | null =>
  !isHex(traceId, 32)
    ? 'a span without a valid trace id'
    : !isHex(spanId, 16)
      ? 'a span without a valid span id'
      : startNs < 946_684_800_000_000_000n || startNs > LAST_NS
        ? 'a span whose start is not between 2000 and 2100'
        : null

/** One line of NDJSON for the table `spans`. */
export function spanRow(span: Span, { team, source, retentionDays }: Origin): string {
  const { events, links } = span
  return `${JSON.stringify({
    team,
    source_id: source,
    retention_days: retentionDays,
    timestamp: rfc3339(span.startNs),
    duration_ns: String(span.endNs > span.startNs && span.endNs < LAST_NS ? span.endNs - span.startNs : 0n),
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: isHex(span.parentSpanId, 16) ? span.parentSpanId : '',
    trace_state: span.traceState,
    name: span.name,
    kind: kinds[span.kind] ?? kinds[0],
    service: span.service,
    status: statuses[span.status.code] ?? statuses[0],
    status_message: span.status.message,
    attributes: attributesOf(span.attributes),
    ...(events.length
      ? {
          'events.timestamp': events.map((e) => rfc3339(e.atNs)),
          'events.name': events.map((e) => e.name),
          'events.attributes': events.map((e) => attributesOf(e.attributes)),
        }
      : {}),
    ...(links.length
      ? {
          'links.trace_id': links.map((l) => l.traceId),
          'links.span_id': links.map((l) => l.spanId),
          'links.attributes': links.map((l) => attributesOf(l.attributes)),
        }
      : {}),
  })}\n`
}

/** With nine decimals; outside of what ClickHouse can hold, the epoch. */
function rfc3339(ns: bigint): string {
  const ms = Number(ns / 1_000_000n)
  if (ns < 0n || ms > 4_102_444_800_000) return '1970-01-01T00:00:00Z'
  return `${new Date(ms).toISOString().slice(0, 23)}${String(ns % 1_000_000n).padStart(6, '0')}Z`
}
