import { scalarText } from '../display.ts'
import { type Fields, field, fieldNames, isObject, put, type Value } from '../value.ts'

export interface KeyValueStyle {
  readonly between: string
  readonly fields: string
  readonly flattenBoolean: boolean
}

/** `a=1 b="two words"`: nested names are joined by dots, the named fields come first. */
export function encodeKeyValue(o: Fields, first: readonly string[], style: KeyValueStyle): string {
  const flat: Fields = {}
  flattenInto(flat, '', o)
  const names = [...first.filter((n) => field(flat, n) !== undefined), ...fieldNames(flat).filter((n) => !first.includes(n))]
  const parts: string[] = []
  for (const n of names) {
    const v = flat[n]!
    if (style.flattenBoolean && typeof v === 'boolean') {
      if (v) parts.push(quoted(n, style))
    } else parts.push(quoted(n, style) + style.between + quoted(valueText(v), style))
  }
  return parts.join(style.fields)
}

function flattenInto(out: Fields, prefix: string, v: Value): void {
  const name = (k: string | number): string => (prefix === '' ? String(k) : `${prefix}.${k}`)
  if (Array.isArray(v)) for (const [i, x] of v.entries()) flattenInto(out, name(i), x)
  else if (isObject(v)) for (const k of fieldNames(v)) flattenInto(out, name(k), v[k]!)
  else put(out, prefix, v)
}

const valueText = (v: Value): string => (v === null ? 'null' : scalarText(v))

function quoted(s: string, _style: KeyValueStyle): string {
  // line breaks are escaped first, and their backslash again
  const escaped = s.replaceAll('\n', '\\n').replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return /[\s"=]/.test(s) ? `"${escaped}"` : escaped
}
