import type { Variable } from './schema.ts'

/** A variable's chosen values; `$__all` is all of them. */
export type Chosen = Record<string, readonly string[]>
export const ALL = '$__all'
type Times = { stepS: number; rangeS: number }

/** RE2's special characters, and what PromQL's quotes need. */
const escaped = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\\\$&').replace(/"/g, '\\"')

/** `$name`, `${name}`, `${name:regex}` and `[[name]]` become the chosen values; several become an alternation for `=~`. */
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
  return expr.replace(/\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]|\$(\w+)/g, (whole, a?: string, b?: string, c?: string) => {
    const name = a ?? b ?? c ?? ''
    if (Object.hasOwn(own, name)) return own[name]!
    if (!Object.hasOwn(chosen, name)) return whole
    const values = chosen[name]!
    if (values.includes(ALL) || !values.length) return '.*'
    if (values.length === 1) return /^(\d+(ms|s|m|h|d|w|y)|[\w:./@ -]*)$/.test(values[0]!) ? values[0]! : escaped(values[0]!)
    return `(${values.map(escaped).join('|')})`
  })
}

/** What a board opens with: the address, else the variable's own default, else its first value or all. */
export function chosenOf(v: Variable, given: string | undefined, offered: readonly string[]): readonly string[] {
  if (given) return v.type !== 'interval' && v.multi ? given.split(',').filter(Boolean) : [given]
  if (v.default.length) return v.default
  if (v.type !== 'interval' && v.include_all) return [ALL]
  const first = v.type === 'query' ? offered[0] : v.values[0]
  return first ? [first] : v.type === 'query' ? [ALL] : []
}
