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
  arrange: choice('groups', 'flat'),
  sel: text(),
  /** `new`, or the id of the monitor that is being edited. */
  open: text(),
}
export type View = StateOf<typeof shape>

export const tokenKeys = ['state', 'region', 'group', 'type'] as const
export const notUp: readonly MonitorStatus[] = ['down', 'validating', 'maintenance', 'pending', 'paused']

export const tokensOf = (view: View): Token[] => tokenKeys.flatMap((key) => view[key].map((value) => ({ key, value })))
export const viewOfTokens = (tokens: readonly Token[]): Pick<View, (typeof tokenKeys)[number]> => {
  const of = (key: string) => tokens.filter((t) => t.key === key).map((t) => t.value)
  return { state: of('state'), region: of('region'), group: of('group'), type: of('type') }
}
export const isFiltered = (view: View): boolean => view.q !== '' || tokenKeys.some((k) => view[k].length > 0)

/** The API's question for a view. A group is named in the address and asked for by its id; an unknown name finds nothing. */
export function queryOf(view: View, groups: readonly MonitorGroup[]): Query {
  const group = view.group[0]
  return {
    q: view.q,
    state: view.state,
    region: view.region,
    type: view.type,
    ...(group ? { group: group === 'none' ? 'none' : (groups.find((g) => g.name === group)?.id ?? 'unknown') } : {}),
  }
}

/** The address of a saved view. */
export const hrefOf = (view: Partial<Record<keyof View, string>>): string =>
  `/monitors${Object.keys(view).length ? `?${new URLSearchParams(view).toString().replaceAll('%2C', ',')}` : ''}`
