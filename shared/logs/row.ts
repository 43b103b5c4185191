import { attributesText, quoted, shallow } from './attributes.ts'

export { ATTRIBUTES_MAX, attributesOf, DEPTH_MAX } from './attributes.ts'

/** Where a record came from and when it arrived (epoch ms). */
export type Origin = { team: string; source: string; retentionDays: number; at: number }

/** What a protocol already knows about a record, by column; it wins over what the record says. Times as RFC 3339 with up to nine decimals. */
export type Known = Partial<Record<Column, string>>
type Column = (typeof columns)[number]

const columns = ['timestamp', 'level', 'service', 'message', 'trace_id', 'span_id'] as const
/** Names that records use for the same thing, in order of preference. Better Stack's first, then what common loggers write. */
const names: Record<Column, readonly string[]> = {
  timestamp: ['dt', 'timestamp', '@timestamp', 'time', 'ts'],
  level: ['level', 'severity', 'severity_text', 'log.level', 'levelname'],
  service: ['service', 'service.name', 'service_name', 'app', 'application', 'logger'],
  message: ['message', 'msg', 'log', 'body'],
  trace_id: ['trace_id', 'traceId', 'trace.id'],
  span_id: ['span_id', 'spanId', 'span.id'],
}
/** Name → its column (index of `columns`) and its place among the column's names. */
const roles = new Map(columns.flatMap((column, i) => names[column].map((name, rank) => [name, { column: i, rank }] as const)))

// of the row that is being written: a record is read in one pass and a row written without closures, because a million a minute are
const values = columns.map(() => '')
const takenFrom: string[] = columns.map(() => '')
const ranks: number[] = columns.map(() => 0)
const NOTHING: Known = {}

/** One line of NDJSON for the table `logs`. A record that is no object is its own message. Parsed once, formatted once. */
export function logRow(record: unknown, origin: Origin, known: Known = NOTHING): string {
  const fields = isObject(record) ? record : { message: typeof record === 'object' && record !== null ? shallow(record) : record }
  for (let i = 0; i < columns.length; i++) {
    const value = known[columns[i]!]
    values[i] = value ?? ''
    takenFrom[i] = ''
    // what is known already is better than whatever stands in the record
    ranks[i] = value === undefined ? Number.POSITIVE_INFINITY : -1
  }
  attributesText.begin()
  for (const key in fields) if (!takes(fields, key, origin.at)) attributesText.add(key, fields[key])
  const [timestamp, level, service, message, trace, span] = values as [string, string, string, string, string, string]
  return `${headOf(origin)}"timestamp":${quoted(timestamp || new Date(origin.at).toISOString())},"level":${quoted(level.toLowerCase())},"service":${quoted(service)},"message":${quoted(message)},"trace_id":${quoted(trace)},"span_id":${quoted(span)},"attributes":${attributesText.end(fields, takenFrom)}}`
}

/** True when the field becomes a column's value, so far; what it drives out becomes an attribute. */
function takes(fields: Record<string, unknown>, key: string, at: number): boolean {
  const role = roles.get(key)
  if (!role || role.rank >= ranks[role.column]!) return false
  const found = fields[key]
  const { column } = role
  const value = column === 0 ? instant(found, at) : typeof found === 'object' || found === undefined ? '' : String(found)
  if (!value) return false
  const before = takenFrom[column]!
  if (before) attributesText.add(before, fields[before])
  values[column] = value
  takenFrom[column] = key
  ranks[column] = role.rank
  return true
}

let headed: Origin | undefined
let head = ''
function headOf(origin: Origin): string {
  if (origin !== headed) head = `{"team":"${origin.team}","source_id":"${origin.source}","retention_days":${origin.retentionDays},`
  headed = origin
  return head
}

/** Before 2000 or more than a day ahead is no time anybody meant: it stays an attribute and the time of arrival is used. */
const EARLIEST = Date.UTC(2000, 0, 1)
const AHEAD_MS = 86_400_000
/** What `toISOString` writes: by far the most frequent, and ready as it is. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Seconds, milliseconds, microseconds or nanoseconds by magnitude, or RFC 3339 / ISO 8601 text; null for what is neither. Nanoseconds are kept. */
export function instant(value: unknown, at: number): string | null {
  if (typeof value === 'bigint') return instant(String(value), at)
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,19}(\.\d+)?$/.test(value))) {
    const n = Number(value)
    const ms = n < 1e11 ? n * 1e3 : n < 1e14 ? n : n < 1e17 ? n / 1e3 : n / 1e6
    if (!(ms >= EARLIEST && ms <= at + AHEAD_MS)) return null
    const text = new Date(ms).toISOString()
    if (n < 1e14) return text
    const digits = typeof value === 'string' ? value.split('.')[0]! : BigInt(Math.trunc(n)).toString()
    return `${text.slice(0, 20)}${digits.slice(n < 1e17 ? -6 : -9)}Z`
  }
  if (typeof value === 'string' && value.length === 24 && ISO.test(value)) {
    const ms = Date.parse(value)
    return ms >= EARLIEST && ms <= at + AHEAD_MS ? value : null
  }
  if (typeof value !== 'string' || value.length > 40 || !/^\d{4}-\d\d-\d\d/.test(value)) return null
  const iso = value.replace(' ', 'T').replace(/(T\d\d:\d\d:\d\d),(\d)/, '$1.$2')
  // without a zone it is UTC: the place of the machine that wrote it is not known
  const zoned = /T/.test(iso) && !/(Z|[+-]\d\d:?\d\d)$/i.test(iso) ? `${iso}Z` : iso
  const ms = Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  if (!(ms >= EARLIEST && ms <= at + AHEAD_MS)) return null
  const fraction = zoned.match(/\.(\d{1,9})/)?.[1]
  const text = new Date(ms).toISOString()
  return fraction && fraction.length > 3 ? `${text.slice(0, 20)}${fraction}Z` : text
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
