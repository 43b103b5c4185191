import { Temporal } from 'temporal-polyfill'

/** One calendar day of the schedule's zone, [from, to) in epoch ms: 23 to 25 hours. `month` on the first of the grid and of a month. */
export type GridDay = {
  from: number
  to: number
  weekday: string
  date: number
  month: string | null
  isWeekend: boolean
  isToday: boolean
}
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

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 14 or 35 days from a Monday on. */
export function daysFrom(monday: string, span: Span, zone: string, now: number): GridDay[] {
  const first = Temporal.PlainDate.from(monday)
  const start = (n: number) => first.add({ days: n }).toZonedDateTime(zone).epochMilliseconds
  return Array.from({ length: span === '2w' ? 14 : 35 }, (_, n) => {
    const day = first.add({ days: n })
    const [from, to] = [start(n), start(n + 1)]
    const month = n === 0 || day.day === 1 ? months[day.month - 1]! : null
    const isToday = now >= from && now < to
    return { from, to, weekday: names[day.dayOfWeek - 1]!, date: day.day, month, isWeekend: day.dayOfWeek > 5, isToday }
  })
}

/** Where [from, to) lies in the grid, in percent from its left; null outside. An hour is as wide as any other: a night of 25 is wider. */
export function place(days: readonly GridDay[], from: number, to: number): { left: number; width: number } | null {
  const [left, right] = [position(days, from), position(days, to)]
  return right > left ? { left, width: right - left } : null
}

export function position(days: readonly GridDay[], at: number): number {
  const [from, to] = [days[0]!.from, days.at(-1)!.to]
  return (100 * (Math.min(Math.max(at, from), to) - from)) / (to - from)
}

/** The instant under a place of the grid (0 to 1), to the half hour of its day; whole hours in a month. */
export function instantAt(days: readonly GridDay[], share: number): number {
  const [from, to] = [days[0]!.from, days.at(-1)!.to]
  const at = from + Math.min(Math.max(share, 0), 1) * (to - from)
  const day = days.findLast((d) => d.from <= at)!
  const step = days.length > 14 ? 3_600_000 : 1_800_000
  return Math.min(day.from + Math.round((at - day.from) / step) * step, day.to)
}

/** The changes of the clocks within the grid: when, and by how much the clocks go forward, ms. */
export const clockChanges = (days: readonly GridDay[], zone: string): { at: number; forwardMs: number }[] =>
  days
    .filter((d) => d.to - d.from !== 86_400_000)
    .flatMap((d) => {
      const midnight = Temporal.Instant.fromEpochMilliseconds(d.from).toZonedDateTimeISO(zone)
      const change = midnight.getTimeZoneTransition('next')
      if (!change || change.epochMilliseconds >= d.to) return []
      return [{ at: change.epochMilliseconds, forwardMs: (change.offsetNanoseconds - midnight.offsetNanoseconds) / 1e6 }]
    })

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
