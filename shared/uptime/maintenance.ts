import { Temporal } from 'temporal-polyfill'
import { type Weekday, weekdays } from './attributes.ts'

/** A monitor's weekly window on the wall clock of its zone. `from > to` crosses midnight and belongs to the day it begins on. */
export type Window = { from: string | null; to: string | null; zone: string; days: readonly Weekday[] }

/**
 * Whether the window is open at `at`, and the next instant (epoch ms) when that changes; null when there is no window.
 * Half-open. A time in a skipped hour is the first existing instant, in a repeated hour its first occurrence.
 */
export function maintenanceAt(w: Window, at: number): { open: boolean; changesAt: number | null } {
  if (w.from === null || w.to === null || !w.days.length) return { open: false, changesAt: null }
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(w.zone).toPlainDate()
  // yesterday's may still be open; the eighth day ahead covers one day a week whose window today is over
  for (let day = -1; day <= 8; day++) {
    const date = today.add({ days: day })
    if (!w.days.includes(weekdays[date.dayOfWeek - 1]!)) continue
    const from = instant(date, w.from, w.zone)
    const to = instant(w.to > w.from ? date : date.add({ days: 1 }), w.to, w.zone)
    if (to <= from || to <= at) continue
    return from <= at ? { open: true, changesAt: to } : { open: false, changesAt: from }
  }
  return { open: false, changesAt: null }
}

function instant(date: Temporal.PlainDate, time: string, zone: string): number {
  const wall = date.toPlainDateTime(Temporal.PlainTime.from(time))
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const skipped = !earlier.toPlainDateTime().equals(wall)
  return (skipped ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier).epochMilliseconds
}
