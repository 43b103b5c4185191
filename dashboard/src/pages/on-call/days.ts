import { Temporal } from 'temporal-polyfill'

/** One calendar day of the schedule's zone, [from, to) in epoch ms: 23 to 25 hours. */
export type GridDay = { from: number; to: number; weekday: string; date: number; isWeekend: boolean; isToday: boolean }
export type Span = '2w' | 'month'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The Monday of the week of a day ("2026-11-23"), or of today. */
export function mondayOf(day: string, zone: string, now: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate()
  const chosen = /^\d{4}-\d\d-\d\d$/.test(day) ? (plain(day) ?? today) : today
  return chosen.subtract({ days: chosen.dayOfWeek - 1 }).toString()
}
function plain(day: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(day)
  } catch {
    return null
  }
}

export const moved = (monday: string, days: number): string => Temporal.PlainDate.from(monday).add({ days }).toString()

/** 14 or 35 days from a Monday on. */
export function daysFrom(monday: string, span: Span, zone: string, now: number): GridDay[] {
  const first = Temporal.PlainDate.from(monday)
  const start = (n: number) => first.add({ days: n }).toZonedDateTime(zone).epochMilliseconds
  return Array.from({ length: span === '2w' ? 14 : 35 }, (_, n) => {
    const day = first.add({ days: n })
    const [from, to] = [start(n), start(n + 1)]
    return { from, to, weekday: names[day.dayOfWeek - 1]!, date: day.day, isWeekend: day.dayOfWeek > 5, isToday: now >= from && now < to }
  })
}

/** Where [from, to) lies in the grid, in percent from its left; null outside. A day of 23 hours is as wide as any. */
export function place(days: readonly GridDay[], from: number, to: number): { left: number; width: number } | null {
  const [left, right] = [position(days, from), position(days, to)]
  return right > left ? { left, width: right - left } : null
}

export function position(days: readonly GridDay[], at: number): number {
  const i = days.findIndex((d) => at < d.to)
  if (i < 0) return 100
  const d = days[i]!
  return (100 * (i + Math.max(0, (at - d.from) / (d.to - d.from)))) / days.length
}

/** The instant under a place of the grid (0 to 1), to the half hour; whole hours in a month. */
export function instantAt(days: readonly GridDay[], share: number): number {
  const x = Math.min(Math.max(share, 0), 0.999_999) * days.length
  const d = days[Math.floor(x)]!
  const step = days.length > 14 ? 3_600_000 : 1_800_000
  return d.from + Math.round(((x % 1) * (d.to - d.from)) / step) * step
}

/** "2026-11-23T09:00" on the wall clock of a zone, as date fields want it, and back. Null when it is no time. */
export const toLocal = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
export function fromLocal(text: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}
