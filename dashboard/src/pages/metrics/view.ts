import { presets, type Range, rangeOf } from '../../range.ts'
import { choice, list, type StateOf, text } from '../../url.ts'

/** What the address of the explorer says. `expr` and `expr2` are the queries A and B, `formula` is made of them. */
export const shape = {
  expr: text(),
  expr2: text(),
  formula: text(),
  as: choice('chart', 'table'),
  from: text(),
  to: text(),
  /** Names of queries that are not drawn. */
  off: list(),
}
export type View = StateOf<typeof shape>

export const FALLBACK = '1h'
export const lengths = ['15m', FALLBACK, ...presets.filter((p) => p !== FALLBACK)] as const
export const rangeIn = (view: Pick<View, 'from' | 'to'>, now: number): Range => rangeOf(view.from, view.to, now, FALLBACK)

export type Asked = { name: 'A' | 'B' | 'Formula'; expr: string }

/** The queries of a view that can be asked, in the order of their lines. */
export function askedOf({ expr, expr2, formula, off }: View): Asked[] {
  const all: Asked[] = [
    { name: 'A', expr: expr.trim() },
    { name: 'B', expr: expr2.trim() },
    { name: 'Formula', expr: formula.trim() && combined(formula, { A: expr, B: expr2 }) },
  ]
  return all.filter((q) => q.expr !== '' && !off.includes(q.name))
}

/** A formula with the queries in their places: `A / B` is `(sum(…)) / (sum(…))`. Text in quotes stays. */
export const combined = (formula: string, queries: { A: string; B: string }): string =>
  formula.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?<![\w:])[AB](?![\w:({[])/g, (found, at: number) => {
    if (found !== 'A' && found !== 'B') return found
    // without parentheses of its own a group modifier would take those of the query for its labels
    const labels = /\bgroup_(left|right)\s*$/i.test(formula.slice(0, at)) ? '() ' : ''
    return `${labels}(${queries[found].trim() || 'vector(0)'})`
  })

/** What to ask of a metric nobody has asked about yet. */
export function firstQuery({ name, type }: { name: string; type: string }): string {
  const selector = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name) ? name : `{${JSON.stringify(name)}}`
  if (name.endsWith('_bucket')) return `histogram_quantile(0.95, sum by (le) (rate(${selector}[5m])))`
  if (type === 'histogram' && !/_(sum|count)$/.test(name)) return `histogram_quantile(0.95, sum(rate(${selector}[5m])))`
  if (type === 'counter' || /_(total|count|sum)$/.test(name)) return `sum(rate(${selector}[5m]))`
  return selector
}
