import { DEPTH_MAX } from '../../../shared/logs/row.ts'

// biome-ignore-start lint/suspicious/noExplicitAny: what a client sent; every use asks for its type
/** An OTLP AnyValue as a plain value: integers keep their digits as text when a number would round them. */
export function plain(value: any, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > DEPTH_MAX) return '_tocsin.truncated'
  if (value.stringValue !== undefined) return String(value.stringValue)
  if (value.boolValue !== undefined) return value.boolValue === true
  if (value.intValue !== undefined) return integer(value.intValue)
  if (value.doubleValue !== undefined) return value.doubleValue
  if (value.bytesValue !== undefined) return String(value.bytesValue)
  if (value.arrayValue) return list(value.arrayValue.values).map((v) => plain(v, depth + 1) ?? null)
  if (value.kvlistValue) return attributes(value.kvlistValue.values, depth + 1)
  return undefined
}

/** JSON writes 64-bit integers as text. */
const integer = (value: any) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))

/** Attributes as an object; of two with one key the last holds. */
export function attributes(pairs: any, depth = 0): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const pair of list(pairs)) {
    if (typeof pair?.key !== 'string') continue
    // a name that every object has already would not become a field of its own
    const name = pair.key === '__proto__' ? '_proto_' : pair.key
    out[name] = plain(pair.value, depth)
  }
  return out
}

export const list = (value: any): any[] => (Array.isArray(value) ? value : [])
export const word = (value: any): string => (typeof value === 'string' ? value : '')
export const number = (value: any): number => {
  const n = typeof value === 'string' && value !== '' ? Number(value) : typeof value === 'bigint' ? Number(value) : value
  return typeof n === 'number' ? n : 0
}
/** Nanoseconds, or any 64-bit integer: bigint from protobuf, text or number from JSON; 0 for what is none. */
export function long(value: any): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value))
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : 0n
}
/** Ids are hex in JSON, bytes in protobuf; some clients send base64 in JSON. */
export const id = (value: any): string => word(value).toLowerCase()
// biome-ignore-end lint/suspicious/noExplicitAny: what a client sent; every use asks for its type

/** What a resource or scope may say at most: it is stored with every record. */
const SHARED_CHARS_MAX = 100_000

/** The same, cut where it is too much, and marked. */
export function bounded(shared: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  let left = SHARED_CHARS_MAX
  let cut = 0
  for (const name in shared) {
    const chars = name.length + (JSON.stringify(shared[name])?.length ?? 0)
    if (chars > left) cut += 1
    else {
      out[name] = shared[name]
      left -= chars
    }
  }
  return cut ? { ...out, _tocsin: { truncated: `${cut} attributes that would have made more than 100 KB` } } : shared
}

/** What the records of one scope share. */
export type Shared = { resource: Record<string, unknown>; scope: Record<string, unknown>; service: string }
