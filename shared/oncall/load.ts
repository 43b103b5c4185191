import { DAY, SECOND } from '../time.ts'
import type { Piece } from './pieces.ts'
import { merged, openTimes, type Restriction, type Span, weekdays } from './restrictions.ts'
import { dayOf } from './wall.ts'

/** What counts as night and weekend, on the clock where the person lives. */
const NIGHT: Restriction[] = [{ days: weekdays, from: '22:00', to: '06:00' }]
const WEEKEND: Restriction[] = [{ days: ['sat', 'sun'], from: '00:00', to: '24:00' }]

/**
 * What somebody carried. Seconds on call, those of them at night (22 to 6 o'clock) and on Saturdays and Sundays; how many nights and
 * weekend days had any; shifts; the most days in a row with any.
 */
export type Load = {
  user: string
  seconds: number
  nightSeconds: number
  weekendSeconds: number
  nights: number
  weekendDays: number
  shifts: number
  daysInARow: number
}

/** Load in [from, to) by person, most first. `zoneOf` says on whose clock it was night. */
export function loads(pieces: readonly Piece[], zoneOf: (user: string) => string, from: number, to: number): Load[] {
  const inside = pieces.filter((p) => p.until > from && p.from < to)
  return [...Map.groupBy(inside, (p) => p.user)]
    .map(([user, theirs]) => loadOf(user, theirs, zoneOf(user), from, to))
    .sort((a, b) => b.seconds - a.seconds || (a.user < b.user ? -1 : 1))
}

function loadOf(user: string, pieces: Piece[], zone: string, from: number, to: number): Load {
  const held = merged(pieces.map((p) => ({ from: Math.max(p.from, from), until: Math.min(p.until, to) })))
  const nights = openTimes(NIGHT, zone, from, to)
  // a weekend is one open time of two days: its days are counted below
  const weekend = both(held, openTimes(WEEKEND, zone, from, to))
  return {
    user,
    seconds: seconds(held),
    nightSeconds: seconds(both(held, nights)),
    weekendSeconds: seconds(weekend),
    nights: nights.filter((night) => held.some((h) => h.from < night.until && h.until > night.from)).length,
    weekendDays: daysOf(weekend, zone).size,
    shifts: pieces.length,
    daysInARow: longestRun([...daysOf(held, zone)]),
  }
}

/** Whether it is between 22 and 6 o'clock where somebody lives. */
export const inNight = (at: number, zone: string): boolean => openTimes(NIGHT, zone, at, at + 1).length > 0

const seconds = (spans: Span[]) => Math.round(spans.reduce((sum, s) => sum + s.until - s.from, 0) / SECOND)

/** What lies in both; each in order, without overlaps. */
export function both(a: readonly Span[], b: readonly Span[]): Span[] {
  const out: Span[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [from, until] = [Math.max(a[i]!.from, b[j]!.from), Math.min(a[i]!.until, b[j]!.until)]
    if (from < until) out.push({ from, until })
    if (a[i]!.until < b[j]!.until) i++
    else j++
  }
  return out
}

/** The calendar days that spans touch, as days since 1970 on that zone's calendar. */
function daysOf(spans: readonly Span[], zone: string): Set<number> {
  const out = new Set<number>()
  for (const { from, until } of spans) {
    const [first, last] = [dayNumber(from, zone), dayNumber(until - 1, zone)]
    for (let day = first; day <= last; day++) out.add(day)
  }
  return out
}
const dayNumber = (at: number, zone: string) => dayOf(at, zone) / DAY

function longestRun(days: number[]): number {
  let [best, run] = [0, 0]
  for (const [i, day] of days.sort((a, b) => a - b).entries()) {
    run = i && day === days[i - 1]! + 1 ? run + 1 : 1
    best = Math.max(best, run)
  }
  return best
}
