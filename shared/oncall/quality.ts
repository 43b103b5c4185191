import type { ScheduleDefinition } from './definition.ts'
import { both, type Load, loads } from './load.ts'
import { finalPieces, type Piece } from './pieces.ts'
import { merged, type Span, without } from './restrictions.ts'
import { versionAt } from './schedule.ts'
import { clockChange } from './wall.ts'

/**
 * How good a schedule is in [from, to). `covered` 0 to 1. `balance` is Jain's fairness index of the hours, 1 when all carry the same,
 * 1/n when one carries everything. `people` most loaded first. `away`: on call while their own calendar says that they cannot be; they
 * are paged all the same, because a gap is worse. `clockChange`: the next one, and by how many ms clocks go forward.
 */
export type Quality = {
  covered: number
  gaps: Span[]
  balance: number
  people: Load[]
  away: Away[]
  clockChange: { at: number; forwardMs: number; user: string | null } | null
}

export type Away = { user: string } & Span

/** When somebody is on call of whom their own calendar says that they are away. `away` by person, in any order. */
export const whileAway = (pieces: readonly Piece[], away: ReadonlyMap<string, Span[]>): Away[] =>
  pieces.flatMap((p) => both([p], merged(away.get(p.user) ?? [])).map((span) => ({ user: p.user, ...span })))

export function quality(
  def: ScheduleDefinition,
  { zoneOf, away }: { zoneOf: (user: string) => string; away: ReadonlyMap<string, Span[]> },
  from: number,
  to: number,
): Quality {
  const pieces = finalPieces(def, from, to)
  const open = without(merged(pieces), from, to)
  const version = versionAt(def, to)
  const known = new Set(version.layers.flatMap((l) => l.rotation.participants))
  const people = loads(pieces, zoneOf, from, to)
  // somebody who could be on call and never was counts too, or a schedule that forgets people would look fair
  const hours = [...people.map((p) => p.seconds), ...[...known].filter((u) => !people.some((p) => p.user === u)).map(() => 0)]
  const change = clockChange(from, version.zone)
  return {
    covered: 1 - open.reduce((sum, g) => sum + g.until - g.from, 0) / (to - from),
    gaps: open,
    balance: jain(hours),
    people,
    away: whileAway(pieces, away),
    clockChange: change && { ...change, user: finalPieces(def, change.at, change.at + 1)[0]?.user ?? null },
  }
}

const jain = (xs: number[]) => {
  const [sum, squares] = [xs.reduce((s, x) => s + x, 0), xs.reduce((s, x) => s + x * x, 0)]
  return squares ? (sum * sum) / (xs.length * squares) : 1
}
