import type { Query } from '../../api.ts'
import type { Token } from '../../filter.ts'
import { choice, list, type StateOf, text } from '../../url.ts'
import type { MonitorGroup, MonitorStatus } from '../../wire.ts'

/** What the address of this page says. */
export const shape = {
  q: text(),
  state: list(),
  region: list(),
  group: list(),
  type: list(),
  /** `me`: monitors whose policy names me. */
  paged: list(),
  /** Per cent of 30 days: `99.9` shows what was up for less. */
  under: list(),
  arrange: choice('groups', 'flat'),
  sel: text(),
  /** `new`, or the id of the monitor that is being edited. */
  open: text(),
}
export type View = StateOf<typeof shape>

export const tokenKeys = ['state', 'region', 'group', 'type', 'paged', 'under'] as const
export const notUp: readonly MonitorStatus[] = ['down', 'validating', 'maintenance', 'pending', 'paused']

export const tokensOf = (view: View): Token[] => tokenKeys.flatMap((key) => view[key].map((value) => ({ key, value })))
export const viewOfTokens = (tokens: readonly Token[]): Pick<View, (typeof tokenKeys)[number]> => {
  const of = (key: string) => tokens.filter((t) => t.key === key).map((t) => t.value)
  return Object.fromEntries(tokenKeys.map((key) => [key, of(key)])) as ReturnType<typeof viewOfTokens>
}
export const isFiltered = (view: View): boolean => view.q !== '' || tokenKeys.some((k) => view[k].length > 0)

/** The API's question for a view. A group is named in the address and asked for by its id; an unknown name finds nothing. */
export function queryOf(view: View, groups: readonly MonitorGroup[]): Query {
  const group = view.group[0]
  const under = Number(view.under[0]) / 100
  return {
    q: view.q,
    state: view.state,
    region: view.region,
    type: view.type,
    ...(view.paged.includes('me') ? { mine: true } : {}),
    ...(under > 0 && under <= 1 ? { availability_below: under } : {}),
    ...(group ? { group: group === 'none' ? 'none' : (groups.find((g) => g.name === group)?.id ?? 'unknown') } : {}),
  }
}

/** The address of a saved view. */
export const hrefOf = (view: Partial<Record<keyof View, string>>): string =>
  `/monitors${Object.keys(view).length ? `?${new URLSearchParams(view).toString().replaceAll('%2C', ',')}` : ''}`
