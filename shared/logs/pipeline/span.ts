import { type Span, wrongSpan } from '../../traces/row.ts'
import { type Fields, integer, isObject, Timestamp, timestampOf, toNumber, type Value } from '../vrl/value.ts'
import { plainOf, vrlValue } from './plain.ts'
import { type Door, ERROR_FIELD, markOf, type Pipeline, transform } from './transform.ts'

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['unset', 'ok', 'error']

/** A span through its source's program. Its event has the columns of the table `spans` as fields; `events` and `links` are arrays of objects. */
export function transformSpan(pipeline: Pipeline, span: Span, door: Door): readonly Span[] {
  const became = transform(pipeline, () => spanEvent(span), door)
  if (became === 'as-it-came') return [span]
  if ('marked' in became) return [marked(span, became.marked)]
  return became.events.map((event) => {
    const made = spanOf(event, span)
    const wrong = wrongSpan(made)
    if (!wrong) return made
    // what cannot be stored as the program left it is stored as it came
    const message = `the program leaves ${wrong}`
    door.note('error', message)
    return marked(span, message)
  })
}

const marked = (span: Span, message: string): Span => ({
  ...span,
  attributes: { ...span.attributes, [ERROR_FIELD]: markOf(message) },
})

export function spanEvent(span: Span): Fields {
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId,
    trace_state: span.traceState,
    name: span.name,
    kind: kinds[span.kind] ?? kinds[0]!,
    service: span.service,
    timestamp: timestampOf(span.startNs),
    duration_ns: integer(span.endNs > span.startNs ? span.endNs - span.startNs : 0n),
    status: statuses[span.status.code] ?? statuses[0]!,
    status_message: span.status.message,
    attributes: vrlValue(span.attributes),
    events: span.events.map((e) => ({ timestamp: timestampOf(e.atNs), name: e.name, attributes: vrlValue(e.attributes) })),
    links: span.links.map((l) => ({ trace_id: l.traceId, span_id: l.spanId, attributes: vrlValue(l.attributes) })),
  }
}

const own = new Set(Object.keys(spanEvent({ ...emptySpan() })))

/** What the program left as a span: fields that a span does not have join its attributes; what it may not be stays as it was. */
function spanOf(event: Fields, before: Span): Span {
  const text = (name: string, otherwise: string): string => {
    const v = plainOf(event[name])
    return v === undefined || v === null ? '' : typeof v === 'object' ? otherwise : String(v)
  }
  const more = Object.entries(event).filter(([name, v]) => !own.has(name) && v !== undefined)
  const attributes = isObject(event.attributes) ? (plainOf(event.attributes) as Record<string, unknown>) : {}
  const startNs = event.timestamp instanceof Timestamp ? event.timestamp.nanos() : before.startNs
  return {
    traceId: text('trace_id', before.traceId).toLowerCase(),
    spanId: text('span_id', before.spanId).toLowerCase(),
    parentSpanId: text('parent_span_id', before.parentSpanId).toLowerCase(),
    traceState: text('trace_state', before.traceState),
    name: text('name', before.name),
    kind: place(kinds, event.kind, before.kind),
    service: text('service', before.service),
    startNs,
    endNs: startNs + nanoseconds(event.duration_ns),
    status: { code: place(statuses, event.status, before.status.code), message: text('status_message', before.status.message) },
    attributes: more.length ? { ...attributes, ...(plainOf(Object.fromEntries(more)) as Record<string, unknown>) } : attributes,
    events: objects(event.events).map((e) => ({
      atNs: e.timestamp instanceof Timestamp ? e.timestamp.nanos() : startNs,
      name: String(plainOf(e.name) ?? ''),
      attributes: record(e.attributes),
    })),
    links: objects(event.links).map((l) => ({
      traceId: String(plainOf(l.trace_id) ?? ''),
      spanId: String(plainOf(l.span_id) ?? ''),
      attributes: record(l.attributes),
    })),
  }
}

const place = (words: readonly string[], v: Value | undefined, otherwise: number): number => {
  const at = typeof v === 'string' ? words.indexOf(v.toLowerCase()) : -1
  return at < 0 ? otherwise : at
}
const nanoseconds = (v: Value | undefined): bigint => {
  const n = typeof v === 'number' || (v !== null && typeof v === 'object' && 'big' in v) ? toNumber(v as number) : 0
  return n > 0 && Number.isFinite(n) ? BigInt(Math.trunc(n)) : 0n
}
const objects = (v: Value | undefined): Fields[] => (Array.isArray(v) ? v.filter((x): x is Fields => isObject(x)) : [])
const record = (v: Value | undefined): Record<string, unknown> => (isObject(v) ? (plainOf(v) as Record<string, unknown>) : {})

function emptySpan(): Span {
  const none = { traceId: '', spanId: '', parentSpanId: '', traceState: '', name: '', kind: 0, service: '' }
  return { ...none, startNs: 0n, endNs: 0n, status: { code: 0, message: '' }, attributes: {}, events: [], links: [] }
}
