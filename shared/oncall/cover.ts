import { HOUR, SECOND } from '../time.ts'
import type { ScheduleDefinition } from './definition.ts'
import { both, type Load, loads } from './load.ts'
import type { Piece } from './pieces.ts'
import { merged, openTimes, type Span, weekdays } from './restrictions.ts'
import { shifts } from './schedule.ts'
import { dayOf } from './wall.ts'

/** Why somebody is asked late or not at all. `same-day`: free, but on call elsewhere on that day. */
export type Conflict = 'on-call' | 'unavailable' | 'same-day' | null

/** Somebody who could cover, and what speaks for and against it. Seconds; `score` in hours, less is fairer. */
export type Proposal = {
  user: string
  conflict: Conflict
  carried: Pick<Load, 'seconds' | 'nightSeconds' | 'weekendSeconds'>
  nightSeconds: number
  /** Since their last shift ended; null when they had none in the last 90 days. */
  restedSeconds: number | null
  score: number
}

export type Candidate = { user: string; zone: string; unavailable: Span[] }

const RECENT = 90 * 24 * HOUR
const ORDER: Record<Exclude<Conflict, null> | 'free', number> = { free: 0, 'same-day': 1, unavailable: 2, 'on-call': 3 }

/**
 * Who could cover [from, until), the fairest first: those who are free, then those with another shift that day, then those who cannot.
 * Among them by what they carried in the last 90 days, nights and weekends four times, by how much of this is their night, and by how
 * long they have rested. `defs` hold all schedules of the team for 90 days before `at` and until `until`.
 */
export function proposals(defs: readonly ScheduleDefinition[], candidates: readonly Candidate[], wanted: Span, at: number): Proposal[] {
  const past = defs.flatMap((def) => shifts(def, at - RECENT, at))
  const around = defs.flatMap((def) => shifts(def, wanted.from - 36 * HOUR, wanted.until + 36 * HOUR))
  const zones = new Map(candidates.map((c) => [c.user, c.zone]))
  const carried = new Map(loads(past, (user) => zones.get(user) ?? 'UTC', at - RECENT, at).map((l) => [l.user, l]))
  return candidates
    .map((who) => proposal(who, wanted, at, carried.get(who.user), past, around))
    .sort((a, b) => ORDER[a.conflict ?? 'free'] - ORDER[b.conflict ?? 'free'] || a.score - b.score || (a.user < b.user ? -1 : 1))
}

function proposal(who: Candidate, wanted: Span, at: number, load: Load | undefined, past: Piece[], around: Piece[]): Proposal {
  const night = openTimes([{ days: weekdays, from: '22:00', to: '06:00' }], who.zone, wanted.from, wanted.until)
  const nightSeconds = both([wanted], night).reduce((sum, s) => sum + s.until - s.from, 0) / SECOND
  const last = past.filter((p) => p.user === who.user).reduce<number | null>((end, p) => Math.max(end ?? 0, Math.min(p.until, at)), null)
  const { seconds = 0, nightSeconds: nights = 0, weekendSeconds = 0 } = load ?? {}
  const restedSeconds = last === null ? null : Math.round((at - last) / SECOND)
  const [H, rest] = [3600, restedSeconds === null ? 72 : restedSeconds / 3600]
  return {
    user: who.user,
    conflict: conflictOf(who, wanted, around),
    carried: { seconds, nightSeconds: nights, weekendSeconds },
    nightSeconds,
    restedSeconds,
    score: (seconds + 3 * (nights + weekendSeconds)) / H / 10 + (2 * nightSeconds) / H + Math.max(0, 72 - rest) / 6,
  }
}

function conflictOf(who: Candidate, wanted: Span, around: Piece[]): Conflict {
  const theirs = around.filter((p) => p.user === who.user)
  if (theirs.some((p) => p.from < wanted.until && p.until > wanted.from)) return 'on-call'
  if (both([wanted], merged(who.unavailable)).length) return 'unavailable'
  const day = (at: number) => dayOf(at, who.zone)
  const [first, last] = [day(wanted.from), day(wanted.until - 1)]
  return theirs.some((p) => day(p.until - 1) >= first && day(p.from) <= last) ? 'same-day' : null
}

/** A cover as it is after its schedule changed: the part of the shift that it was, of the shift as it is now; null when that is gone. */
export function movedTo(
  next: ScheduleDefinition,
  cover: { user: string; layer: string; shift: Span; from: number; until: number },
  notBefore: number,
): { shift: Span; from: number; until: number } | null {
  const { shift, user, layer } = cover
  const length = shift.until - shift.from
  const nearest = shifts({ ...next, overrides: [] }, shift.from - length, shift.until + length)
    .filter((p) => p.user === user && p.layer === layer && p.until > notBefore)
    .sort((a, b) => Math.abs(a.from - shift.from) - Math.abs(b.from - shift.from))[0]
  if (!nearest) return null
  const begins = Math.max(nearest.from, notBefore)
  const whole = cover.from <= shift.from && cover.until >= shift.until
  const by = nearest.from - shift.from
  const from = whole ? begins : Math.max(begins, cover.from + (cover.from < nearest.from || cover.from >= nearest.until ? by : 0))
  const until = whole
    ? nearest.until
    : Math.min(nearest.until, cover.until + (cover.until <= begins || cover.until > nearest.until ? by : 0))
  return from < until ? { shift: { from: nearest.from, until: nearest.until }, from, until } : null
}
