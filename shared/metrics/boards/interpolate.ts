import type { Variable } from './schema.ts'

/** A variable's chosen values; `$__all` is all of them. */
export type Chosen = Record<string, readonly string[]>
export const ALL = '$__all'
type Times = { stepS: number; rangeS: number }

/** A value as a pattern of RE2 that matches it alone. */
const pattern = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
/** As PromQL's quotes carry it. Quotes go as hex, which is read in all three kinds of string and ends none; only a backslash of a raw one stays alone. */
const quoted = (text: string, quote: string) =>
  (quote === '`' ? text : text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')).replace(
    /["'`]/g,
    (q) => `\\x${q.charCodeAt(0).toString(16)}`,
  )
const SIMPLE = /^(\d+(ms|s|m|h|d|w|y)|[\w:./@ -]*)$/
/** Strings of a query, ended or not, its comments, and what lies between them. */
const PARTS = /"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[\s\S]|[^'\\])*'?|`[^`]*`?|#[^\n]*|[^"'`#]+/g

/**
 * `$name`, `${name}`, `${name:regex}` and `[[name]]` become the chosen values; several become an alternation for `=~`. A value stays a
 * value, whatever is in it: series are named by whoever sends them, and a shared board is opened by strangers.
 */
export function interpolate(expr: string, chosen: Chosen, { stepS, rangeS }: Times): string {
  const own: Record<string, string> = {
    __interval: `${stepS}s`,
    __interval_ms: String(stepS * 1000),
    // four scrapes of fifteen seconds at least, so that a rate always sees two samples
    __rate_interval: `${Math.max(60, stepS + 15)}s`,
    __range: `${Math.round(rangeS)}s`,
    __range_s: String(Math.round(rangeS)),
    __range_ms: String(Math.round(rangeS * 1000)),
  }
  return expr.replace(PARTS, (part) =>
    part.replace(/\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]|\$(\w+)/g, (whole, a?: string, b?: string, c?: string) => {
      const name = a ?? b ?? c ?? ''
      if (Object.hasOwn(own, name)) return own[name]!
      if (!Object.hasOwn(chosen, name)) return whole
      return spelled(chosen[name]!, /["'`]/.test(part[0]!) ? part[0]! : null)
    }),
  )
}

/** `quote`: of the string it stands in, or null: outside of one only what cannot be anything else stands bare. */
function spelled(values: readonly string[], quote: string | null): string {
  if (values.includes(ALL) || !values.length) return '.*'
  const text = values.length === 1 ? (SIMPLE.test(values[0]!) ? values[0]! : pattern(values[0]!)) : `(${values.map(pattern).join('|')})`
  if (quote === null) return /^[\w:.+-]*$/.test(text) ? text : `"${quoted(text, '"')}"`
  return quoted(text, quote)
}

/** What a board opens with: the address, else the variable's own default, else its first value or all. */
export function chosenOf(v: Variable, given: string | undefined, offered: readonly string[]): readonly string[] {
  if (given) return v.type !== 'interval' && v.multi ? given.split(',').filter(Boolean) : [given]
  if (v.default.length) return v.default
  if (v.type !== 'interval' && v.include_all) return [ALL]
  const first = v.type === 'query' ? offered[0] : v.values[0]
  return first ? [first] : v.type === 'query' ? [ALL] : []
}
