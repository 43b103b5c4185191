import type { Monitor } from '../../wire.ts'
import { codesOf, codesText, type Draft } from './draft.ts'
import { every } from './every.ts'

/** Present values of the folded parts, in one line each. */
export const sayRequest = (d: Draft): string => {
  const headers = d.headers.filter((h) => h.name).length
  return `${d.method}, ${headers === 0 ? 'no headers' : headers === 1 ? '1 header' : `${headers} headers`}, ${d.body ? 'a body' : 'no body'}`
}

export const sayCodes = (d: Draft): string => (d.type === 'expected_status_code' ? codesText(codesOf(d.codes) ?? []) : 'any 2xx')

export const sayHow = (d: Draft): string =>
  `${Number(d.confirm) ? `after ${every(Number(d.confirm))}` : 'at once'}, up again ${Number(d.recover) ? `after ${every(Number(d.recover))}` : 'at once'}`

export const dayNames: readonly (readonly [Monitor['maintenance_days'][number], string])[] = [
  ['mon', 'Mon'],
  ['tue', 'Tue'],
  ['wed', 'Wed'],
  ['thu', 'Thu'],
  ['fri', 'Fri'],
  ['sat', 'Sat'],
  ['sun', 'Sun'],
]

/** "none", "Tue 02:00 to 03:00", "daily 23:00 to 01:00". */
export function sayWindow(d: Pick<Draft, 'window' | 'days' | 'from' | 'to'>): string {
  if (!d.window) return 'none'
  const days =
    d.days.length === 7
      ? 'daily'
      : dayNames
          .filter(([v]) => d.days.includes(v))
          .map(([, n]) => n)
          .join(', ')
  return `${days} ${d.from} to ${d.to}`
}

/** "Tue 02:00 to 03:00 Europe/Paris." with the day it ends on when that is another. */
export const nextWindow = (d: Draft): string => `${sayWindow(d)}${d.to < d.from ? ' the next day' : ''} ${d.zone}.`
