import { equal } from './equal.ts'
import { ofValue } from './kind.ts'
import { kindText } from './kind-text.ts'
import {
  Bytes,
  compareBytes,
  compareText,
  type Fields,
  Float,
  fail,
  float,
  integer,
  isFloat,
  isInteger,
  isObject,
  isString,
  Long,
  put,
  Timestamp,
  toBig,
  toBytes,
  toNumber,
  type Value,
} from './value.ts'

/** Text an operator may build; longer would only exhaust memory. */
const textMax = 16 * 1024 * 1024

const kinds = (v: Value): string => kindText(ofValue(v))
const isNumber = (v: Value): v is number | Float | Long => typeof v === 'number' || v instanceof Float || v instanceof Long
/** Floats that are no number are an error everywhere. */
const result = (n: number): Value => (Number.isNaN(n) ? fail('operation would produce NaN') : float(n))
/** As the reference casts floats to integers: towards zero, saturating. */
export const truncated = (n: number): bigint =>
  n >= 2 ** 63 ? 9223372036854775807n : n <= -(2 ** 63) ? -9223372036854775808n : BigInt(Math.trunc(n))

export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const sum = a + b
    return Number.isSafeInteger(sum) ? sum : integer(BigInt(a) + BigInt(b))
  }
  if (typeof a === 'string' && typeof b === 'string') return a.length + b.length > textMax ? fail('the string would be too long') : a + b
  if (isInteger(a)) {
    if (isFloat(b)) return result(toNumber(a) + toNumber(b))
    return isInteger(b) ? integer(toBig(a) + toBig(b)) : fail(`can't add type ${kinds(b)} to integer`)
  }
  if (isFloat(a)) return isNumber(b) ? result(toNumber(a) + toNumber(b)) : fail(`can't add type ${kinds(b)} to float`)
  if (isString(a) && b === null) return a
  if (a === null && isString(b)) return b
  if (isString(a) && isString(b)) return joined(a, b)
  return fail(`can't add type ${kinds(b)} to ${kinds(a)}`)
}

function joined(a: string | Bytes, b: string | Bytes): Value {
  const [x, y] = [toBytes(a), toBytes(b)]
  const both = new Uint8Array(x.length + y.length)
  both.set(x)
  both.set(y, x.length)
  return new Bytes(both)
}

export function subtract(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return integer(toBig(a) - toBig(b))
  if (isNumber(a) && isNumber(b)) return result(toNumber(a) - toNumber(b))
  return fail(`can't subtract type ${kinds(b)} from ${kinds(a)}`)
}

export function multiply(a: Value, b: Value): Value {
  if (isInteger(a)) {
    if (isString(b)) return repeated(b, a)
    if (isFloat(b)) return result(toNumber(a) * toNumber(b))
    if (isInteger(b)) return integer(toBig(a) * toBig(b))
  } else if (isFloat(a)) {
    if (isNumber(b)) return result(toNumber(a) * toNumber(b))
  } else if (isString(a) && isInteger(b)) return repeated(a, b)
  return fail(`can't multiply type ${kinds(a)} by ${kinds(b)}`)
}

function repeated(s: string | Bytes, n: number | Long): Value {
  const times = Math.max(0, toNumber(n))
  const text = typeof s === 'string' ? s : s.toJSON()
  if (typeof text !== 'string' || text.length * times > textMax) return fail('the string would be too long')
  return text.repeat(times)
}

export function divide(a: Value, b: Value): Value {
  if (!isNumber(b)) return fail(`can't divide type ${kinds(a)} by ${kinds(b)}`)
  const by = toNumber(b)
  if (by === 0) return fail("can't divide by zero")
  return isNumber(a) ? result(toNumber(a) / by) : fail(`can't divide type ${kinds(a)} by ${kinds(b)}`)
}

export function remainder(a: Value, b: Value): Value {
  if (!isNumber(b)) return fail(`can't calculate remainder of type ${kinds(a)} and ${kinds(b)}`)
  if (toNumber(b) === 0) return fail("can't divide by zero")
  if (isInteger(a) && isInteger(b)) return integer(toBig(a) % toBig(b))
  return isNumber(a) ? result(toNumber(a) % toNumber(b)) : fail(`can't calculate remainder of type ${kinds(a)} and ${kinds(b)}`)
}

/** Numbers, strings (by bytes) and timestamps have an order; negative, zero or positive as `a` comes before, with or after `b`. */
export function compare(a: Value, b: Value, op: string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (isInteger(a)) {
    if (isFloat(b)) return toNumber(a) - toNumber(b)
    if (isInteger(b)) return toBig(a) < toBig(b) ? -1 : toBig(a) > toBig(b) ? 1 : 0
  } else if (isFloat(a)) {
    if (isNumber(b)) return toNumber(a) - toNumber(b)
  } else if (isString(a)) {
    if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
    return isString(b) ? compareBytes(toBytes(a), toBytes(b)) : fail(`expected string, got ${kinds(b)}`)
  } else if (a instanceof Timestamp) {
    return b instanceof Timestamp ? a.ms - b.ms || a.ns - b.ns : fail(`expected timestamp, got ${kinds(b)}`)
  }
  return fail(`can't compare ${kinds(a)} ${op} ${kinds(b)}`)
}

/** `==`: numbers as floats, two integers too, which is the reference's way; all else by type and content. */
export function sameValue(a: Value, b: Value, budget?: { left: number }): boolean {
  if (a === b) return true
  return isNumber(a) ? isNumber(b) && sameNumber(a, b) : equal(a, b, budget)
}

const sameNumber = (a: number | Float | Long, b: number | Float | Long): boolean => toNumber(a) === toNumber(b)

export function and(a: Value, b: Value): Value {
  if (a === null) return false
  if (typeof a === 'boolean') {
    if (b === null) return false
    if (typeof b === 'boolean') return a && b
  }
  return fail(`can't apply an AND to types ${kinds(a)} and ${kinds(b)}`)
}

/** `|`: the fields of both, those of `b` where both have one. */
export function merge(a: Value, b: Value): Value {
  if (!isObject(a) || !isObject(b)) return fail(`can't merge type ${kinds(b)} into ${kinds(a)}`)
  return merged(a, b)
}

export function merged(a: Fields, b: Fields): Fields {
  const out = { ...a }
  for (const k of Object.keys(b)) if (b[k] !== undefined) put(out, k, b[k])
  return out
}
