import {
  Boxed,
  Bytes,
  bytes,
  Exhausted,
  type Fields,
  Float,
  integer,
  Long,
  put,
  Timestamp,
  text,
  timestampText,
  type Value,
} from '../vrl/value.ts'

/** Deeper records reach no program: readers and writers of JSON further on recurse. */
const LEVELS_MAX = 400

/** What a wire decoded as a value of the language: the very same object when nothing has to change, as with all JSON. Throws `Exhausted`. */
export function vrlValue(v: unknown, levels = LEVELS_MAX): Value {
  switch (typeof v) {
    case 'string':
    case 'boolean':
      return v
    case 'number':
      return Number.isNaN(v) ? null : v
    case 'bigint':
      return integer(v)
    case 'object':
      if (v === null || v instanceof Boxed) return v
      if (ArrayBuffer.isView(v)) return bytes(new Uint8Array(v.buffer, v.byteOffset, v.byteLength).slice())
      if (levels === 0) throw new Exhausted('the event is nested too deeply')
      return Array.isArray(v) ? arrayOf(v, levels - 1) : fieldsOf(v as Record<string, unknown>, levels - 1)
    default:
      return null
  }
}

function arrayOf(v: unknown[], levels: number): Value[] {
  let copy: Value[] | undefined
  for (let i = 0; i < v.length; i++) {
    const x = vrlValue(v[i], levels)
    if (x === v[i]) continue
    copy ??= (v as Value[]).slice()
    copy[i] = x
  }
  return copy ?? (v as Value[])
}

function fieldsOf(v: Record<string, unknown>, levels: number): Fields {
  let copy: Fields | undefined
  for (const k in v) {
    if (v[k] === undefined) continue
    const x = vrlValue(v[k], levels)
    if (x === v[k]) continue
    copy ??= { ...(v as Fields) }
    put(copy, k, x)
  }
  return copy ?? (v as Fields)
}

/** A value of the language as JSON and rows hold it: times and bytes are text, integers beyond 2^53 bigints. */
export function plainOf(v: Value | undefined): unknown {
  if (typeof v !== 'object' || v === null) return v
  if (v instanceof Boxed) return unboxed(v)
  if (Array.isArray(v)) return v.some(changes) ? v.map(plainOf) : v
  let copy: Record<string, unknown> | undefined
  for (const k in v) {
    const x = plainOf(v[k])
    if (x === v[k]) continue
    copy ??= { ...v }
    if (k === '__proto__') Object.defineProperty(copy, k, { value: x, enumerable: true, configurable: true, writable: true })
    else copy[k] = x
  }
  return copy ?? v
}

const changes = (v: Value): boolean => typeof v === 'object' && v !== null && plainOf(v) !== v

function unboxed(v: Boxed): unknown {
  if (v instanceof Timestamp) return timestampText(v)
  if (v instanceof Float) return v.n
  if (v instanceof Long) return v.big
  return v instanceof Bytes ? text(v) : v.toJSON()
}
