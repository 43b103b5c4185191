import { nodesMax, visit } from './equal.ts'
import { encodeJson } from './json.ts'
import { Boxed, Bytes, decimals, Float, fieldNames, Long, Timestamp, text, timestampText, type Value } from './value.ts'

/** A value as VRL source would write it: `{ "a": [1, 2.0, t'2021-01-01T00:00:00Z'] }`. Used in messages. */
export function display(v: Value, budget = { left: nodesMax }): string {
  if (typeof v === 'string') return quoted(v)
  if (typeof v === 'number') return Number.isInteger(v) ? String(v) : decimals(v)
  if (v === null || typeof v === 'boolean') return String(v)
  visit(budget)
  if (v instanceof Boxed) {
    if (v instanceof Float) return wholeFloat(v.n)
    if (v instanceof Long) return v.big.toString()
    if (v instanceof Bytes) return quoted(text(v))
    if (v instanceof Timestamp) return `t'${timestampText(v)}'`
    return `r'${String(v.toJSON())}'`
  }
  if (Array.isArray(v)) return `[${v.map((x) => display(x, budget)).join(', ')}]`
  return `{ ${fieldNames(v)
    .map((k) => `"${k}": ${display(v[k]!, budget)}`)
    .join(', ')} }`
}

const quoted = (s: string): string => `"${s.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
export const wholeFloat = (n: number): string => (Number.isFinite(n) ? `${Object.is(n, -0) ? '-0' : decimals(n)}.0` : decimals(n))

/** The text `to_string` and templates give a scalar. */
export function scalarText(v: Value): string {
  if (typeof v === 'string') return v
  if (v instanceof Bytes) return text(v)
  if (v === null) return ''
  if (v instanceof Timestamp) return timestampText(v)
  if (v instanceof Float) return wholeFloat(v.n)
  return typeof v === 'object' && !(v instanceof Boxed) ? encodeJson(v) : display(v)
}
