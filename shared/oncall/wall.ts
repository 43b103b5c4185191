import { Temporal } from 'temporal-polyfill'
import { DAY, MINUTE } from '../time.ts'

/** A reading of the clock on a wall, without a zone: the epoch ms of the same reading in UTC, so that calendar arithmetic is plain. */
export type Wall = number

/** Zone arithmetic is Temporal's; asking it costs 20 µs, and schedules ask for the same readings again and again. */
const REMEMBERED_MAX = 50_000
function remembered(ask: (value: number, zone: string) => number): (value: number, zone: string) => number {
  const zones = new Map<string, Map<number, number>>()
  let size = 0
  return (value, zone) => {
    let known = zones.get(zone)
    if (!known || size > REMEMBERED_MAX) {
      if (size > REMEMBERED_MAX) zones.clear()
      size = zones.size ? size : 0
      known = new Map()
      zones.set(zone, known)
    }
    let found = known.get(value)
    if (found === undefined) {
      found = ask(value, zone)
      known.set(value, found)
      size++
    }
    return found
  }
}

/**
 * The instant (epoch ms) at which the clocks of `zone` first show `wall` or later: a time in a skipped hour is the first existing
 * instant, one in a repeated hour its first occurrence. WIRE "On-call".
 */
export const instantOf = remembered((wall, zone) => {
  const d = new Date(wall)
  const plain = new Temporal.PlainDateTime(
    d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(),
  ) // biome-ignore format: a list
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const skipped = !earlier.toPlainDateTime().equals(plain)
  return (skipped ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier).epochMilliseconds
})

/** What the clocks of `zone` show at an instant. */
export const wallOf = remembered((at, zone) => {
  const t = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()
  return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second, t.millisecond)
})

/** The calendar day of an instant: the reading of its midnight. */
export const dayOf = (at: number, zone: string): Wall => Math.floor(wallOf(at, zone) / DAY) * DAY

/** 0 for Monday. 1 January 1970 was a Thursday. */
export const weekdayOf = (wall: Wall): number => (Math.floor(wall / DAY) + 3) % 7

/** "09:30" and "24:00" as ms of a day. */
export const timeOfDay = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE

/** So many months later; the last day when that month is shorter. */
export function monthsLater(wall: Wall, months: number): Wall {
  const d = new Date(wall)
  const [year, month] = [d.getUTCFullYear(), d.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(d.getUTCDate(), last)) + (wall - Math.floor(wall / DAY) * DAY)
}

/** The next instant after `at` when the clocks of `zone` change, and by how many ms they go forward; null when none is known. */
export function clockChange(at: number, zone: string): { at: number; forwardMs: number } | null {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  for (let next = now.getTimeZoneTransition('next'); next; next = next.getTimeZoneTransition('next')) {
    const forwardMs = (next.offsetNanoseconds - next.subtract({ milliseconds: 1 }).offsetNanoseconds) / 1e6
    // a zone's rules may change without its clocks changing
    if (forwardMs) return { at: next.epochMilliseconds, forwardMs }
  }
  return null
}
