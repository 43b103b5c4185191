import { nodesMax, visit } from './equal.ts'
import { JsonReader } from './json-reader.ts'
import { Boxed, type Bytes, bytes, Float, fail, fieldNames, floatText, Long, text, type Value } from './value.ts'

/**
 * Text whose numbers `JSON.parse` would misread: whole floats (`5.0`), exponents and numbers of 16 digits or more lose their type
 * or digits. Such text takes the exact parser; it may match inside a string, which only costs time.
 */
const inexactNumber = /[:[,]\s*(?:-0(?![.\d])|-?\d+(?:\.0+(?!\d)|(?:\.\d+)?[eE]|\.\d{15}|(?<=\d{16})))/

/** Likewise text that is a bare number, and lone surrogates, which are an error. */
const needsExact = (source: string): boolean => {
  const first = source.charCodeAt(0)
  return (first !== 123 && first !== 91) || inexactNumber.test(source) || (source.includes('\\u') && /\\u[dD][89a-fA-F]/.test(source))
}

/** JSON text as a value: integers and floats told apart, 64-bit integers exact. Throws `Failure` with the reference's wording. */
export function parseJson(source: string, maxDepth?: number): Value {
  if (maxDepth === undefined && !needsExact(source)) {
    try {
      return JSON.parse(source)
    } catch {
      // the exact parser below finds the same fault and words it
    }
  }
  return new JsonReader(source, maxDepth).document()
}

/** Compact JSON with sorted keys. Throws when it would exceed the budget of nodes. */
export function encodeJson(v: Value, budget = { left: nodesMax }): string {
  if (typeof v === 'string') return JSON.stringify(v)
  if (typeof v === 'number') return Number.isInteger(v) ? String(v) : Number.isFinite(v) ? floatText(v) : 'null'
  if (v === null || typeof v === 'boolean') return String(v)
  visit(budget)
  if (v instanceof Boxed) return encodeBoxed(v)
  if (Array.isArray(v)) return `[${v.map((x) => encodeJson(x, budget)).join(',')}]`
  return `{${fieldNames(v)
    .map((k) => `${JSON.stringify(k)}:${encodeJson(v[k]!, budget)}`)
    .join(',')}}`
}

/** Two-space indented JSON with sorted keys. */
export function encodeJsonPretty(v: Value, indent = '', budget = { left: nodesMax }): string {
  if (typeof v !== 'object' || v === null || v instanceof Boxed) return encodeJson(v)
  visit(budget)
  const inner = `${indent}  `
  if (Array.isArray(v)) {
    return v.length === 0 ? '[]' : `[\n${v.map((x) => inner + encodeJsonPretty(x, inner, budget)).join(',\n')}\n${indent}]`
  }
  const names = fieldNames(v)
  if (names.length === 0) return '{}'
  return `{\n${names.map((k) => `${inner}${JSON.stringify(k)}: ${encodeJsonPretty(v[k]!, inner, budget)}`).join(',\n')}\n${indent}}`
}

function encodeBoxed(v: Boxed): string {
  if (v instanceof Float) return Number.isFinite(v.n) ? floatText(v.n) : 'null'
  if (v instanceof Long) return v.big.toString()
  return JSON.stringify(v.toJSON())
}

/** For byte strings that hold JSON. */
export const parseJsonBytes = (v: string | Bytes, maxDepth?: number): Value =>
  typeof v === 'string'
    ? parseJson(v, maxDepth)
    : fail(`unable to parse json: invalid unicode code point at line 1 column ${firstInvalid(v)}`)

const firstInvalid = (v: Bytes): number => {
  let n = v.bytes.length
  while (n > 0 && typeof bytes(v.bytes.subarray(0, n)) !== 'string') n--
  return text(bytes(v.bytes.subarray(0, n))).length + 1
}
