import { saw } from '../../try.ts'
import type { Seen } from '../../wire.ts'

/** What all regions together say of an address: "Up from 4 of 4 regions.", "503 from 3 of 4 regions." */
export function verdictOf(results: readonly Pick<Seen, 'outcome' | 'error' | 'status_code'>[], of: number): { up: boolean; says: string } {
  const failed = results.filter((r) => r.outcome === 'down')
  if (!failed.length) return { up: true, says: `Up from ${results.length} of ${of} regions.` }
  const most = [...Map.groupBy(failed, saw)].sort(([, a], [, b]) => b.length - a.length)[0]!
  return { up: false, says: `${most[0][0]!.toUpperCase()}${most[0].slice(1)} from ${most[1].length} of ${of} regions.` }
}

/** Adds the scheme that people leave out. */
export const addressOf = (typed: string): string => {
  const text = typed.trim()
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !text ? text : `https://${text}`
}
