import { presets, type Range, rangeOf } from '../../range.ts'
import { choice, list, type StateOf, text } from '../../url.ts'
import type { Span } from './brush.ts'

/** What the address of the log page says. */
export const shape = {
  mode: choice('filter', 'live', 'sql'),
  q: text(),
  sql: text(),
  from: text(),
  to: text(),
  /** Two instants: the window chosen on the histogram. */
  within: list(),
  /** Ids of sources; none is all. */
  src: list(),
  /** The line that is open: its id. */
  open: text(),
}
export type View = StateOf<typeof shape>

/** How long the range is when the address says nothing. */
export const FALLBACK = '30m'
export const lengths = ['15m', FALLBACK, ...presets] as const

export const rangeIn = (view: Pick<View, 'from' | 'to'>, now: number): Range => rangeOf(view.from, view.to, now, FALLBACK)

/** The chosen window, null when there is none or it lies outside the range. */
export function windowOf(within: readonly string[], range: Span): Span | null {
  const [from, to] = within.map((t) => Date.parse(t))
  if (!(from! < to!) || to! <= range.from || from! >= range.to) return null
  return { from: Math.max(from!, range.from), to: Math.min(to!, range.to) }
}
export const withinOf = (window: Span | null): string[] =>
  window ? [new Date(window.from).toISOString(), new Date(window.to).toISOString()] : []

/** Half a minute on either side of an instant, nothing filtered but the source. */
export const around = (timestamp: string, source: string, id: string): Partial<View> => {
  const at = Date.parse(timestamp)
  return {
    mode: 'filter',
    q: '',
    src: source ? [source] : [],
    from: new Date(at - 30_000).toISOString(),
    to: new Date(at + 30_000).toISOString(),
    within: [],
    open: id,
  }
}
