import { instant, type Known } from '../row.ts'
import { type Fields, isObject, Timestamp, type Value } from '../vrl/value.ts'
import { plainOf, vrlValue } from './plain.ts'
import { type Door, ERROR_FIELD, markOf, type Pipeline, transform } from './transform.ts'

/** As `workers/ingest` has them: a record and what its protocol knows besides. */
export type Log = { record: unknown; known?: Known }

/**
 * A record through its source's program. What the protocol knows (`timestamp`, `level`, `message`, `service`, `trace_id`, `span_id`)
 * are fields of the event; a record that is no object is its `message`.
 */
export function transformLog(pipeline: Pipeline, log: Log, door: Door): readonly Log[] {
  const became = transform(pipeline, () => logEvent(log), door)
  if (became === 'as-it-came') return [asItCame(log)]
  if ('marked' in became) return [marked(asItCame(log), became.marked)]
  return became.events.map((event) => logOf(event, log.known, door.at))
}

/** The record may hold values of the language, where its text was read exactly. */
function asItCame({ record, known }: Log): Log {
  try {
    return { record: plainOf(record as Value), ...(known ? { known } : {}) }
  } catch {
    // too deep to look through: then nothing in it was read exactly
    return { record, ...(known ? { known } : {}) }
  }
}

export function logEvent({ record, known }: Log): Fields {
  const value = vrlValue(record)
  const event = isObject(value) ? value : { message: value }
  if (!known) return event
  const all: Fields = { ...event }
  for (const [name, text] of Object.entries(known)) all[name] = name === 'timestamp' ? timestampOf(text) : text
  return all
}

/** The fields that the protocol gave go back to where they came from; the program may have changed or deleted them. */
function logOf(event: Fields, known: Known | undefined, at: number): Log {
  if (!known) return { record: plainOf(event) }
  const record: Record<string, unknown> = { ...(plainOf(event) as Record<string, unknown>) }
  const now: Known = {}
  for (const name of Object.keys(known) as (keyof Known)[]) {
    const value = record[name]
    delete record[name]
    if (name === 'timestamp') now.timestamp = instant(value, at) ?? known.timestamp!
    else now[name] = value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return { record, known: now }
}

function marked({ record, known }: Log, message: string): Log {
  const fields = typeof record === 'object' && record !== null && !Array.isArray(record) && !ArrayBuffer.isView(record)
  const whole = fields ? { ...record } : { message: record }
  return { record: { ...whole, [ERROR_FIELD]: markOf(message) }, ...(known ? { known } : {}) }
}

/** RFC 3339 text with up to nine decimals as a time. */
export function timestampOf(text: string): Value {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return text
  const nanos = (/\.(\d{1,9})/.exec(text)?.[1] ?? '').padEnd(9, '0')
  return new Timestamp(ms, Number(nanos.slice(3)))
}
