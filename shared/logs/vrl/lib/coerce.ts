import { truncated } from '../arithmetic.ts'
import { quoted } from '../debug.ts'
import { scalarText } from '../display.ts'
import * as kind from '../kind.ts'
import { kindText } from '../kind-text.ts'
import { Pattern } from '../regex.ts'
import { Boxed, fail, float, integer, isFloat, isInteger, isString, Timestamp, text, toNumber, type Value } from '../value.ts'

/** `expected integer, got boolean`: for functions that assert a type. */
export const wrongType = (expected: string, v: Value): never => fail(`expected ${expected}, got ${kindText(kind.ofValue(v))}`)

const cannotCoerce = (v: Value, into: string): never => fail(`unable to coerce ${kindText(kind.ofValue(v))} into ${into}`)

export function toInt(v: Value): Value {
  if (isInteger(v)) return v
  if (isFloat(v)) return integer(truncated(toNumber(v)))
  if (isString(v)) return parseInt64(text(v))
  if (typeof v === 'boolean') return v ? 1 : 0
  if (v === null) return 0
  return v instanceof Timestamp ? Math.floor(v.ms / 1000) : cannotCoerce(v, 'integer')
}

/** As Rust's `i64::from_str_radix` words its faults. */
export function intFault(digits: string, base = 10): string | undefined {
  const body = digits.replace(/^[+-]/, '')
  if (digits === '') return 'cannot parse integer from empty string'
  const top = base <= 10 ? `[0-${base - 1}]` : `[0-9a-${String.fromCharCode(86 + base)}]`
  return body !== '' && new RegExp(`^${top}+$`, 'i').test(body) ? undefined : 'invalid digit found in string'
}

const shortInteger = /^[+-]?\d{1,15}$/

export function parseInt64(s: string): Value {
  if (shortInteger.test(s)) return Number(s) + 0
  const fault = intFault(s)
  if (fault) return fail(`Invalid integer ${quoted(s)}: ${fault}`)
  const big = BigInt(s.replace(/^\+/, ''))
  if (big > 9223372036854775807n) return fail(`Invalid integer ${quoted(s)}: number too large to fit in target type`)
  if (big < -9223372036854775808n) return fail(`Invalid integer ${quoted(s)}: number too small to fit in target type`)
  return integer(big)
}

/** A decimal float as Rust reads it, `undefined` for other text. */
export function readFloat(s: string): number | undefined {
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(s)) return Number(s)
  const m = /^([+-]?)(inf|infinity)$/i.exec(s)
  return m ? (m[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : undefined
}

/** As Rust's `f64::from_str` words its faults. */
export function floatOrFail(s: string): Value {
  const n = readFloat(s)
  if (n !== undefined) return float(n)
  if (/^[+-]?nan$/i.test(s)) return fail(`NaN number not supported ${quoted(s)}`)
  return fail(`Invalid floating point number ${quoted(s)}: ${s === '' ? 'cannot parse float from empty string' : 'invalid float literal'}`)
}

export function toFloat(v: Value): Value {
  if (isFloat(v)) return v
  if (isInteger(v)) return float(toNumber(v))
  if (isString(v)) {
    return floatOrFail(text(v))
  }
  if (typeof v === 'boolean') return float(v ? 1 : 0)
  if (v === null) return float(0)
  return v instanceof Timestamp ? float((v.ms * 1000 + v.ns / 1000) / 1_000_000) : cannotCoerce(v, 'float')
}

export function toBool(v: Value): Value {
  if (typeof v === 'boolean') return v
  if (isInteger(v) || isFloat(v)) return toNumber(v) !== 0
  if (v === null) return false
  if (!isString(v)) return cannotCoerce(v, 'boolean')
  const s = text(v).toLowerCase()
  if (['true', 't', 'yes', 'y'].includes(s)) return true
  if (['false', 'f', 'no', 'n', '0'].includes(s)) return false
  return /^[+-]?\d+$/.test(s) ? BigInt(s.replace('+', '')) !== 0n : fail(`Invalid boolean value ${quoted(text(v))}`)
}

export function toText(v: Value): Value {
  return isString(v)
    ? v
    : v instanceof Pattern || (typeof v === 'object' && v !== null && !(v instanceof Boxed))
      ? cannotCoerce(v, 'string')
      : scalarText(v)
}

const container = (k: kind.Kind): boolean => kind.containsArray(k) || kind.containsObject(k)
/** Whether a coercion of this kind can fail, strings being certain (`false`) or not. */
export const coercionFails = (k: kind.Kind, bits: number): boolean =>
  container(k) || kind.contains(k, kind.scalar.regex) || (k.scalars & bits) !== 0
