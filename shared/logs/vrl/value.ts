/**
 * The representation of VRL values.
 *
 * | VRL                    | here                                             |
 * | ---------------------- | ------------------------------------------------ |
 * | null, boolean          | themselves                                       |
 * | string, valid UTF-8    | `string`                                         |
 * | string, other bytes    | `Bytes`                                          |
 * | integer in ±(2^53 - 1) | `number` for which `Number.isInteger` holds      |
 * | other 64-bit integer   | `Long` (a bigint in a box)                       |
 * | float with a fraction  | `number` for which `Number.isInteger` is false   |
 * | float that is whole    | `Float` (5.0 is not 5; also -0.0)                |
 * | timestamp              | `Timestamp`: epoch ms and the nanoseconds below  |
 * | regex                  | `Pattern` (regex.ts)                             |
 * | array, object          | `Array`, plain object; never mutated once shared |
 *
 * Why: what `JSON.parse` returns is already a value, so an event costs no conversion; the boxes carry `toJSON`, so `JSON.stringify`
 * prints them exactly (`5.0`, 9007199254740993). Measured by bench/vrl.ts (Node 24; µs to parse, read and copy one message of 170 bytes
 * with two numbers): this form 0.48; every number in a tagged class 0.57 by a walk, 2.4 by a reviver; integers as bigint 0.61; objects
 * with null prototypes 1.8, since V8 keeps those as hash tables. Text whose numbers would lose their type is found by one regular
 * expression first and takes a parser of ours (json.ts), which is slower and rare.
 *
 * Hence objects keep the prototype that `JSON.parse` gives them, and fields go through `field` and `put`, which treat `__proto__` and
 * `constructor` as plain data. VRL objects are sorted maps: order is made where it shows (`fieldNames`), not kept. A field that is
 * `undefined` does not exist.
 */
export type Value = null | boolean | string | number | Boxed | Value[] | Fields

export interface Fields {
  [name: string]: Value | undefined
}

export abstract class Boxed {
  abstract toJSON(): unknown
}

/** A float without a fraction. */
export class Float extends Boxed {
  readonly n: number
  constructor(n: number) {
    super()
    this.n = n
  }
  toJSON(): unknown {
    return Number.isFinite(this.n) ? rawJson(floatText(this.n)) : null
  }
}

/** An integer beyond ±(2^53 - 1), within 64 bits. */
export class Long extends Boxed {
  readonly big: bigint
  constructor(big: bigint) {
    super()
    this.big = big
  }
  toJSON(): unknown {
    return rawJson(this.big.toString())
  }
}

/** A string that is not valid UTF-8. */
export class Bytes extends Boxed {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
  }
  toJSON(): unknown {
    return lossy.decode(this.bytes)
  }
}

/** A moment: `ms` since the epoch (whole, may be negative) and `ns` (0 to 999 999) past it. */
export class Timestamp extends Boxed {
  readonly ms: number
  readonly ns: number
  constructor(ms: number, ns = 0) {
    super()
    this.ms = ms
    this.ns = ns
  }
  toJSON(): unknown {
    return timestampText(this)
  }
  nanos(): bigint {
    return BigInt(this.ms) * 1_000_000n + BigInt(this.ns)
  }
}

/** A runtime error of a program: a value that travels by `throw`, without the cost of a stack trace. */
export class Failure {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** A limit was reached. Unlike a `Failure` no program can handle it. */
export class Exhausted {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** A string of the language. */
export type Text = string | Bytes
/** An integer of the language. */
export type Int = number | Long
/** A float of the language. */
export type Real = number | Float

export const fail = (message: string): never => {
  throw new Failure(message)
}

export type KindName = 'string' | 'integer' | 'float' | 'boolean' | 'timestamp' | 'regex' | 'null' | 'array' | 'object'

export function kindOf(v: Value): KindName {
  switch (typeof v) {
    case 'string':
      return 'string'
    case 'number':
      return Number.isInteger(v) ? 'integer' : 'float'
    case 'boolean':
      return 'boolean'
    default:
      if (v === null) return 'null'
      if (v instanceof Boxed) {
        if (v instanceof Float) return 'float'
        if (v instanceof Timestamp) return 'timestamp'
        if (v instanceof Long) return 'integer'
        if (v instanceof Bytes) return 'string'
        return 'regex'
      }
      return Array.isArray(v) ? 'array' : 'object'
  }
}

export const isObject = (v: Value | undefined): v is Fields =>
  typeof v === 'object' && v !== null && !(v instanceof Boxed) && !Array.isArray(v)
export const isInteger = (v: Value): v is number | Long => (typeof v === 'number' ? Number.isInteger(v) : v instanceof Long)
export const isFloat = (v: Value): v is number | Float => (typeof v === 'number' ? !Number.isInteger(v) : v instanceof Float)
export const isString = (v: Value): v is string | Bytes => typeof v === 'string' || v instanceof Bytes

/** The float as a value. NaN has no place in VRL: callers say what it means to them. */
export const float = (n: number): Value => (Number.isInteger(n) ? new Float(n) : n)

/** The integer as a value, wrapped to 64 bits as the reference's arithmetic does. */
export function integer(n: bigint): Value {
  if (n >= -9007199254740991n && n <= 9007199254740991n) return Number(n)
  const wrapped = BigInt.asIntN(64, n)
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : new Long(wrapped)
}

export const toBig = (v: number | Long): bigint => (typeof v === 'number' ? BigInt(v) : v.big)
export const toNumber = (v: number | Long | Float): number => (typeof v === 'number' ? v : v instanceof Float ? v.n : Number(v.big))

const lossy = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The string a byte sequence is: text when it is valid UTF-8. */
export function bytes(b: Uint8Array): string | Bytes {
  try {
    return strict.decode(b)
  } catch {
    return new Bytes(b)
  }
}

export const toBytes = (v: string | Bytes): Uint8Array => (typeof v === 'string' ? encoder.encode(v) : v.bytes)
/** The text of a string, invalid sequences replaced by U+FFFD. */
export const text = (v: string | Bytes): string => (typeof v === 'string' ? v : lossy.decode(v.bytes))
export const isAscii = (s: string): boolean => {
  for (let i = 0; i < s.length; i++) if (s.charCodeAt(i) > 127) return false
  return true
}
export const byteLength = (v: string | Bytes): number =>
  typeof v !== 'string' ? v.bytes.length : isAscii(v) ? v.length : toBytes(v).length

/** Names that `Object.prototype` answers to; a missing field of such a name must not find the inherited one. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype))
export const isInherited = (name: string): boolean => inherited.has(name)

export const field = (o: Fields, name: string): Value | undefined => (inherited.has(name) && !Object.hasOwn(o, name) ? undefined : o[name])

/** Sets a field of an object that nobody else holds yet. */
export function put(o: Fields, name: string, v: Value | undefined): void {
  if (name === '__proto__') Object.defineProperty(o, name, { value: v, enumerable: true, configurable: true, writable: true })
  else o[name] = v
}

export const fields = (entries: Iterable<readonly [string, Value]>): Fields => {
  const o: Fields = {}
  for (const [k, v] of entries) put(o, k, v)
  return o
}

const beyondAscii = /[\ud800-\uffff]/

/** Orders strings as their UTF-8 bytes do: UTF-16 order differs only where surrogates meet U+E000 and above. */
export function compareText(a: string, b: string): number {
  if (beyondAscii.test(a) && beyondAscii.test(b)) return compareBytes(toBytes(a), toBytes(b))
  return a < b ? -1 : a > b ? 1 : 0
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** The names of the fields that exist, in the order of the reference's sorted maps. */
export function fieldNames(o: Fields): string[] {
  const names: string[] = []
  for (const name of Object.keys(o)) if (o[name] !== undefined) names.push(name)
  names.sort()
  return names.some((n) => beyondAscii.test(n)) ? names.sort(compareText) : names
}

const rawJson: (source: string) => unknown =
  (JSON as unknown as { rawJSON?: (source: string) => unknown }).rawJSON ?? ((source: string) => Number(source))

/** Shortest text of a float as JSON encoders of the reference print it: `5.0`, `1e+16`, `1.5e-7`. */
export function floatText(n: number): string {
  if (Object.is(n, -0)) return '-0.0'
  const abs = Math.abs(n)
  if (abs >= 1e16 || (abs !== 0 && abs < 1e-5)) return n.toExponential()
  const s = String(n)
  return Number.isInteger(n) ? `${s}.0` : s.includes('e') ? decimals(n) : s
}

/** A float without exponent, as the reference's `to_string` prints it. */
export function decimals(n: number): string {
  if (!Number.isFinite(n)) return n > 0 ? 'inf' : '-inf'
  const s = String(n)
  const m = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(s)
  if (!m) return s
  const digits = m[2]! + (m[3] ?? '')
  const point = m[2]!.length + Number(m[4])
  if (point <= 0) return `${m[1]}0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length
    ? `${m[1]}${digits}${'0'.repeat(point - digits.length)}`
    : `${m[1]}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** RFC 3339 in UTC with 0, 3, 6 or 9 fractional digits, as many as needed. */
export function timestampText(t: Timestamp): string {
  const seconds = Math.floor(t.ms / 1000)
  const nanos = (t.ms - seconds * 1000) * 1_000_000 + t.ns
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return fail('timestamp out of range')
  const base = date
    .toISOString()
    .slice(0, -5)
    .replace(/^([+-])0*(\d{4,})-/, '$1$2-')
  if (nanos === 0) return `${base}Z`
  const nine = String(nanos).padStart(9, '0')
  return `${base}.${nanos % 1_000_000 === 0 ? nine.slice(0, 3) : nanos % 1000 === 0 ? nine.slice(0, 6) : nine}Z`
}

/** From nanoseconds since the epoch. */
export function timestampOf(nanos: bigint): Timestamp {
  let ms = nanos / 1_000_000n
  let ns = nanos % 1_000_000n
  if (ns < 0n) {
    ns += 1_000_000n
    ms -= 1n
  }
  return new Timestamp(Number(ms), Number(ns))
}
