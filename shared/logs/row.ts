/** Past these a record is cut and says so in `_tocsin.truncated`, never silently. */
export const ATTRIBUTES_MAX = 1000
export const DEPTH_MAX = 64

/** Where a record came from and when it arrived (epoch ms). */
export type Origin = { team: string; source: string; retentionDays: number; at: number }

/** Names that records use for the same thing, in order of preference. Better Stack's first, then what common loggers write. */
const names = {
  time: ['dt', 'timestamp', '@timestamp', 'time', 'ts'],
  message: ['message', 'msg', 'log', 'body'],
  level: ['level', 'severity', 'severity_text', 'log.level', 'levelname'],
  service: ['service', 'service.name', 'service_name', 'app', 'application', 'logger'],
  trace: ['trace_id', 'traceId', 'trace.id'],
  span: ['span_id', 'spanId', 'span.id'],
} as const

/** What a protocol already knows about a record, by column; it wins over what the record says. Times as RFC 3339 with up to nine decimals. */
export type Known = Partial<Record<'timestamp' | 'level' | 'message' | 'service' | 'trace_id' | 'span_id', string>>

/** One line of NDJSON for the table `logs`. A record that is no object is its own message. Parsed once, formatted once. */
export function logRow(record: unknown, origin: Origin, known: Known = {}): string {
  const fields = isObject(record) ? record : { message: typeof record === 'object' && record !== null ? shallow(record) : record }
  const used = new Set<string>()
  const take = (candidates: readonly string[]): string => {
    for (const name of candidates) {
      const value = fields[name]
      if (value === undefined || value === null || value === '' || typeof value === 'object') continue
      used.add(name)
      return String(value)
    }
    return ''
  }
  const row: Record<string, unknown> = { team: origin.team, source_id: origin.source, retention_days: origin.retentionDays }
  row.timestamp = known.timestamp ?? timeOf(fields, used, origin.at)
  row.level = (known.level ?? take(names.level)).toLowerCase()
  row.service = known.service ?? take(names.service)
  row.message = known.message ?? take(names.message)
  row.trace_id = known.trace_id ?? take(names.trace)
  row.span_id = known.span_id ?? take(names.span)
  row.attributes = attributesOf(fields, used)
  return JSON.stringify(row)
}

function timeOf(fields: Record<string, unknown>, used: Set<string>, at: number): string {
  for (const name of names.time) {
    const parsed = instant(fields[name], at)
    if (parsed === null) continue
    used.add(name)
    return parsed
  }
  return new Date(at).toISOString()
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

const NONE: ReadonlySet<string> = new Set()

/** Nested objects become dotted names, arrays stay JSON, everything is text: `Map(String, String)`. Null and empty objects are left out. */
export function attributesOf(fields: Record<string, unknown>, used: ReadonlySet<string> = NONE): Record<string, string> {
  // an ordinary object: one without a prototype is written twice as slowly
  const out: Record<string, string> = {}
  let count = 0
  let cut = 0
  const put = (name: string, value: string) => {
    if (count >= ATTRIBUTES_MAX) cut += 1
    else if (name === '__proto__') Object.defineProperty(out, name, { value, enumerable: true })
    else {
      out[name] = value
      count += 1
    }
  }
  const walk = (object: Record<string, unknown>, prefix: string, depth: number) => {
    for (const key in object) {
      if (!prefix && used.has(key)) continue
      const value = object[key]
      if (value === null || value === undefined) continue
      const name = prefix + key
      if (typeof value !== 'object') put(name, typeof value === 'string' ? value : String(value))
      else if (ArrayBuffer.isView(value)) put(name, bytesText(value))
      else if (Array.isArray(value) || depth >= DEPTH_MAX) put(name, shallow(value))
      else walk(value as Record<string, unknown>, `${name}.`, depth + 1)
    }
  }
  walk(fields, '', 1)
  if (cut) out['_tocsin.truncated'] = `${cut} attributes beyond the first ${ATTRIBUTES_MAX}`
  return out
}

/** JSON text of a value however deep: past the limit its place is marked. */
function shallow(value: unknown): string {
  const cut = (v: unknown, depth: number): unknown => {
    if (typeof v === 'bigint') return String(v)
    if (typeof v !== 'object' || v === null) return v
    if (ArrayBuffer.isView(v)) return bytesText(v)
    if (depth > DEPTH_MAX) return '_tocsin.truncated'
    return Array.isArray(v)
      ? v.map((x) => cut(x, depth + 1))
      : Object.fromEntries(Object.entries(v).map(([k, x]) => [k, cut(x, depth + 1)]))
  }
  return JSON.stringify(cut(value, 1))
}

/** Bytes that are text stay text, others become base64. */
function bytesText(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    let binary = ''
    for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return btoa(binary)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
