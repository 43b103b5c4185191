import type { Query } from '../../api.ts'
import type { Token } from '../../filter.ts'
import { rangeOf } from '../../range.ts'
import { choice, type StateOf, text } from '../../url.ts'

/** What the address of the search says. */
export const shape = {
  q: text(),
  service: text(),
  operation: text(),
  status: text(),
  /** Milliseconds. */
  min: text(),
  max: text(),
  from: text(),
  to: text(),
  sel: text(),
}
export type View = StateOf<typeof shape>

/** What the address of one trace says. */
export const traceShape = { span: text(), path: choice('off', 'on'), view: choice('waterfall', 'flame') }

export const FALLBACK = '1h'
export const rangeIn = (view: Pick<View, 'from' | 'to'>, now: number) => rangeOf(view.from, view.to, now, FALLBACK)

export const tokenKeys = ['service', 'operation', 'status', 'min', 'max'] as const
export const tokensOf = (view: View): Token[] => tokenKeys.flatMap((key) => (view[key] ? [{ key, value: view[key] }] : []))
/** Of several tokens of a key the last counts; `min:1.5s` is 1500. What means nothing is left out. */
export function viewOfTokens(tokens: readonly Token[]): Pick<View, (typeof tokenKeys)[number]> {
  const of = (key: string) => tokens.findLast((t) => t.key === key)?.value ?? ''
  const status = of('status').toLowerCase()
  return {
    service: of('service'),
    operation: of('operation'),
    status: ['ok', 'error', 'unset'].includes(status) ? status : '',
    min: msOf(of('min')),
    max: msOf(of('max')),
  }
}

/** "250", "250ms", "1.5s", "2m" as milliseconds in digits; anything else is empty. */
export function msOf(text: string): string {
  const [, n, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s?(ms|s|m)?$/.exec(text.trim().toLowerCase()) ?? []
  return n ? String(Number(n) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']) : ''
}

export const queryOf = (view: View, range: { from: number; to: number }): Query => ({
  service: view.service,
  operation: view.operation,
  status: view.status,
  min_ms: view.min,
  max_ms: view.max,
  q: view.q,
  from: new Date(range.from).toISOString(),
  to: new Date(range.to).toISOString(),
})
