import { Temporal } from 'temporal-polyfill'

/** A reading of the clock on a wall, without a zone. */
export type Wall = Temporal.PlainDateTime
export type Day = Temporal.PlainDate

/**
 * The instant (epoch ms) at which the clocks of `zone` first show `wall` or later: a time in a skipped hour is the first existing
 * instant, one in a repeated hour its first occurrence. WIRE "On-call".
 */
export function instantOf(wall: Wall, zone: string): number {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const skipped = !earlier.toPlainDateTime().equals(wall)
  return (skipped ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier).epochMilliseconds
}

export const wallOf = (at: number, zone: string): Wall =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()

export const dayOf = (at: number, zone: string): Day => wallOf(at, zone).toPlainDate()

/** The first instant of a calendar day. */
export const startOf = (day: Day, zone: string): number => instantOf(day.toPlainDateTime(), zone)

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
