import { instant, type Known } from '../../../shared/logs/row.ts'
import { type LogRecord, storeLogs } from '../store-logs.ts'
import type { Asked, Wire } from '../wire.ts'
import { logsRequest } from './messages.ts'
import { accepted, Rejections, records, refuse } from './request.ts'
import { attributes, id, long, number, plain, type Shared, word } from './values.ts'

/** Ranges of four by severity number: opentelemetry "Log data model", SeverityNumber. */
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
const shape = { message: logsRequest, outer: 'resourceLogs', inner: 'scopeLogs', records: 'logRecords' }
const TOGETHER = 200

/** `POST /v1/logs`. */
export const otlpLogs: Wire = {
  refuse,
  async take(asked) {
    const rejected = new Rejections()
    let batch: LogRecord[] = []
    for await (const { record, shared } of records(asked, shape)) {
      if (rejected.tooLarge(record)) continue
      batch.push(logRecord(asked, record.value(), shared))
      if (batch.length < TOGETHER) continue
      await storeLogs(asked, batch)
      batch = []
    }
    await storeLogs(asked, batch)
    await asked.upload.commit()
    return accepted(asked.request, 'rejectedLogRecords', rejected)
  },
}

// biome-ignore lint/suspicious/noExplicitAny: what a client sent
function logRecord({ at }: Asked, record: any, { resource, scope, service }: Shared): LogRecord {
  const body = plain(record?.body)
  const known: Known = {
    timestamp: timeOf(record?.timeUnixNano, at) ?? timeOf(record?.observedTimeUnixNano, at) ?? new Date(at).toISOString(),
    level: word(record?.severityText) || (levels[Math.floor((number(record?.severityNumber) - 1) / 4)] ?? ''),
    message: typeof body === 'string' ? body : body === undefined ? word(record?.eventName) : JSON.stringify(body),
    service,
    trace_id: id(record?.traceId),
    span_id: id(record?.spanId),
  }
  const eventName = word(record?.eventName)
  return { known, record: { ...attributes(record?.attributes), ...(eventName ? { event_name: eventName } : {}), resource, scope } }
}

const timeOf = (ns: unknown, at: number) => (long(ns) > 0n ? instant(String(long(ns)), at) : null)
