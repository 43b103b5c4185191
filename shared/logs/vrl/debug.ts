import { encodeJson } from './json.ts'
import { Boxed, Bytes, decimals, Float, fieldNames, Long, Timestamp, text, timestampText, type Value } from './value.ts'

/** A value as Rust's `Debug` prints it: `Object({KeyString("a"): Integer(1)})`. A few messages quote values so. */
export function debugText(v: Value): string {
  if (v === null) return 'Null'
  if (typeof v === 'boolean') return `Boolean(${v})`
  if (typeof v === 'string') return `Bytes(b${encodeJson(v)})`
  if (typeof v === 'number') return Number.isInteger(v) ? `Integer(${v})` : `Float(${decimals(v)})`
  if (v instanceof Boxed) return boxedText(v)
  if (Array.isArray(v)) return `Array([${v.map(debugText).join(', ')}])`
  return `Object({${fieldNames(v)
    .map((k) => `KeyString(${encodeJson(k)}): ${debugText(v[k]!)}`)
    .join(', ')}})`
}

function boxedText(v: Boxed): string {
  if (v instanceof Float) return `Float(${decimals(v.n)}.0)`
  if (v instanceof Long) return `Integer(${v.big})`
  if (v instanceof Timestamp) return `Timestamp(${timestampText(v)})`
  return v instanceof Bytes ? `Bytes(b${encodeJson(text(v))})` : `Regex(ValueRegex(Regex(${encodeJson(String(v.toJSON()))})))`
}

const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' }

/** Text in quotes as Rust's `Debug` prints it. */
export const quoted = (s: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is escaped
  `"${s.replace(/["\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]/g, (c) => escapes[c] ?? `\\u{${c.charCodeAt(0).toString(16)}}`)}"`
