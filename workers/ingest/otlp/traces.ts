import { type Span, spanRow, wrongSpan } from '../../../shared/traces/row.ts'
import type { Wire } from '../wire.ts'
import { tracesRequest } from './messages.ts'
import { accepted, Rejections, records, refuse } from './request.ts'
import { attributes, id, list, long, number, type Shared, word } from './values.ts'

const shape = { message: tracesRequest, outer: 'resourceSpans', inner: 'scopeSpans', records: 'spans' }
const BATCH_CHARS = 256 * 1024

/** `POST /v1/traces` and `/api/traces/ingest`. */
export const otlpTraces: Wire = {
  refuse,
  async take(asked) {
    const { source, at, upload } = asked
    const origin = { team: source.team, source: source.id, retentionDays: source.retentionDays, at }
    const rejected = new Rejections()
    const transform = source.vrl.spans ? (await import('../pipeline.ts')).spanTransformer(asked) : null
    let rows = ''
    let count = 0
    const send = async () => {
      if (count) await upload.add('spans', rows, count)
      rows = ''
      count = 0
    }
    for await (const { record, shared } of records(asked, shape)) {
      if (rejected.tooLarge(record)) continue
      const span = spanOf(record.value(), shared)
      const wrong = wrongSpan(span)
      if (wrong) rejected.add(`Left out: ${wrong}.`)
      else
        for (const made of transform ? transform(span) : [span]) {
          rows += spanRow(made, origin)
          count += 1
        }
      if (rows.length > BATCH_CHARS) await send()
    }
    await send()
    await upload.commit()
    return accepted(asked.request, 'rejectedSpans', rejected)
  },
}

// biome-ignore lint/suspicious/noExplicitAny: what a client sent
function spanOf(span: any, { resource, scope, service }: Shared): Span {
  return {
    traceId: id(span?.traceId),
    spanId: id(span?.spanId),
    parentSpanId: id(span?.parentSpanId),
    traceState: word(span?.traceState),
    name: word(span?.name),
    kind: number(span?.kind),
    service,
    startNs: long(span?.startTimeUnixNano),
    endNs: long(span?.endTimeUnixNano),
    status: { code: number(span?.status?.code), message: word(span?.status?.message) },
    attributes: { ...attributes(span?.attributes), resource, scope },
    events: list(span?.events).map((e) => ({ atNs: long(e?.timeUnixNano), name: word(e?.name), attributes: attributes(e?.attributes) })),
    links: list(span?.links).map((l) => ({ traceId: id(l?.traceId), spanId: id(l?.spanId), attributes: attributes(l?.attributes) })),
  }
}
