import { ALL, type Chosen, chosenOf, interpolate } from '../interpolate.ts'
import type { Panel, Variable } from '../schema.ts'

/** The values a query variable may have now; `match` is its selector, variables put in. */
export type ValuesOf = (label: string, match: string) => Promise<readonly string[]>

/**
 * What a stranger chose, or null when it is not among what the board offers: a text put into a query could read what the board does
 * not show. What was not chosen is what the board opens with.
 */
export async function allowedChoice(variables: readonly Variable[], given: Chosen, valuesOf: ValuesOf): Promise<Chosen | null> {
  const chosen: Record<string, readonly string[]> = {}
  for (const v of variables) if (v.type !== 'query') chosen[v.name] = given[v.name] ?? chosenOf(v, undefined, [])
  for (const v of variables) {
    const asked = given[v.name]
    if (v.type === 'query') {
      const values = await valuesOf(v.label_name, matchOf(v, chosen))
      chosen[v.name] = asked ?? chosenOf(v, undefined, values)
      if (!asked?.every((value) => value === ALL || values.includes(value)) && asked) return null
    } else if (asked && !asked.every((value) => v.values.includes(value) || (value === ALL && v.type === 'custom'))) return null
  }
  return chosen
}

export const matchOf = (v: Variable & { type: 'query' }, others: Chosen): string =>
  v.match ? interpolate(v.match, others, { stepS: 60, rangeS: 3600 }) : ''

/** Panels without the text of their queries, variables without their selectors. */
export const withoutQueries = (panels: readonly Panel[]): Panel[] =>
  panels.map((p) => ({ ...p, queries: p.queries.map((q) => ({ ...q, expr: '' })) }))
export const withoutSelectors = (variables: readonly Variable[]): Variable[] =>
  variables.map((v) => (v.type === 'query' ? { ...v, match: '' } : v))
