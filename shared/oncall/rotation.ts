import { DAY, HOUR } from '../time.ts'
import { instantOf, monthsLater, wallOf } from './wall.ts'

export const rotationTypes = ['daily', 'weekly', 'monthly', 'custom'] as const
export type RotationType = (typeof rotationTypes)[number]

/**
 * When a layer hands off, and to whom. `interval` counts days, weeks or months, or times of `hours` for `custom`. `split` divides a
 * weekly period into parts of so many days (4 and 3). `turn` is the participant who has the first period. Instants in epoch ms.
 */
export type Rotation = {
  type: RotationType
  interval: number
  hours: number | null
  split: readonly number[] | null
  start: number
  end: number | null
  participants: readonly string[]
  turn: number
}

/** One person's time between two handoffs, [from, until). `k` counts handoffs from the rotation's start. */
export type Turn = { user: string; from: number; until: number; k: number }

const LONG = { days: 0, months: 0 }

/** How long after the rotation's start its k-th handoff is: calendar days or months on the wall clock, or elapsed ms. */
function distance(r: Rotation, k: number): { days: number; months: number } | { ms: number } {
  switch (r.type) {
    case 'daily':
      return { ...LONG, days: k * r.interval }
    case 'weekly': {
      const parts = r.split ?? [7 * r.interval]
      const whole = Math.floor(k / parts.length)
      const rest = parts.slice(0, k - whole * parts.length).reduce((sum, days) => sum + days, 0)
      return { ...LONG, days: whole * 7 * r.interval + rest }
    }
    case 'monthly':
      return { ...LONG, months: k * r.interval }
    case 'custom': {
      const hours = r.interval * (r.hours ?? 24)
      // WIRE: elapsed hours, unless they are whole days, which the calendar counts
      return hours % 24 ? { ms: k * hours * HOUR } : { ...LONG, days: (k * hours) / 24 }
    }
  }
}

/** The handoffs of a rotation by their count, k ≥ 0. Monthly: the start's day, or the last one of a shorter month. */
export function handoffs(r: Rotation, zone: string): (k: number) => number {
  const start = wallOf(r.start, zone)
  return (k) => {
    if (k === 0) return r.start
    const far = distance(r, k)
    return 'ms' in far ? r.start + far.ms : instantOf(far.months ? monthsLater(start, far.months) : start + far.days * DAY, zone)
  }
}

/** Which period `at` lies in; `at` is not before the rotation's start. */
export function periodAt(r: Rotation, zone: string, at: number, handoff = handoffs(r, zone)): number {
  let k = guess(r, zone, at)
  while (k > 0 && handoff(k) > at) k--
  while (handoff(k + 1) <= at) k++
  return k
}

/** Within a period or two of the truth. */
function guess(r: Rotation, zone: string, at: number): number {
  const parts = r.split?.length ?? 1
  const one = distance(r, parts)
  if ('ms' in one) return Math.floor((at - r.start) / one.ms)
  const [start, now] = [new Date(wallOf(r.start, zone)), new Date(wallOf(at, zone))]
  const months = (now.getUTCFullYear() - start.getUTCFullYear()) * 12 + now.getUTCMonth() - start.getUTCMonth()
  if (one.months) return Math.max(0, Math.floor(months / one.months))
  return Math.max(0, Math.floor((at - r.start) / DAY / one.days) * parts)
}

/** The turns that overlap [from, to), oldest first, whole: not cut at its edges, only at the rotation's own end. */
export function* turns(r: Rotation, zone: string, from: number, to: number): Generator<Turn> {
  const end = r.end ?? Number.POSITIVE_INFINITY
  if (!r.participants.length || from >= end || to <= r.start || from >= to) return
  const handoff = handoffs(r, zone)
  let k = periodAt(r, zone, Math.max(from, r.start), handoff)
  for (let at = handoff(k); at < to && at < end; k++) {
    const next = handoff(k + 1)
    const until = Math.min(next, end)
    if (until > at) yield { user: userOf(r, k), from: at, until, k }
    at = next
  }
}

export const userOf = (r: Rotation, k: number): string => r.participants[(k + r.turn) % r.participants.length]!

/** True when both hand off at the same instants for ever. */
export const sameHandoffs = (a: Rotation, b: Rotation): boolean =>
  a.type === b.type &&
  a.interval === b.interval &&
  a.start === b.start &&
  (a.type !== 'custom' || a.hours === b.hours) &&
  (a.split ?? []).join() === (b.split ?? []).join()

/**
 * The rotation with other participants from `at` on, such that nobody's running turn is cut: who has it keeps it if they are still
 * among them; else the next of the old order who is; else the first of the new.
 */
export function withParticipants(old: Rotation, participants: readonly string[], zone: string, at: number): Rotation {
  const next = { ...old, participants, turn: 0 }
  if (!participants.length || !old.participants.length || at < old.start) return next
  const k = periodAt(old, zone, at)
  const order = old.participants.map((_, i) => userOf(old, k + i))
  const who = order.find((user) => participants.includes(user))
  const place = who === undefined ? 0 : participants.indexOf(who)
  const n = participants.length
  return { ...next, turn: (((place - k) % n) + n) % n }
}
