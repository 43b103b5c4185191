import { MINUTE } from '../time.ts'

type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making one costs fifty times what using one does. There are a few hundred zones, so this is bounded. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    const two = '2-digit'
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two,
    }) // biome-ignore format: a list
    formats.set(zone, format)
  }
  return format
}

function wall(at: number, zone: string): Parts {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map((p) => [p.type, Number(p.value)]),
  )
  return parts as unknown as Parts
}

/** How far a zone's clocks are ahead of UTC at an instant, in ms. */
export function offsetAt(at: number, zone: string): number {
  if (zone === 'UTC') return 0
  const w = wall(at, zone)
  return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) - Math.floor(at / 1000) * 1000
}

/** One calendar day of a zone: `[from, to)` in epoch ms, 23 to 25 hours long. */
export type Day = { date: string; from: number; to: number }

const dateOf = (at: number, zone: string): string => new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10)

/** The first instant of a date: midnight, or what follows where midnight is skipped. */
function startOf(date: string, zone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const first = midnight - offsetAt(midnight, zone)
  const start = midnight - offsetAt(first, zone)
  // a skipped midnight lands in the day before: the first instant is where the clocks jump to
  return dateOf(start, zone) < date ? start + (offsetAt(start + 3 * 60 * MINUTE, zone) - offsetAt(start, zone)) : start
}

const later = (date: string, days: number) => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The last `n` days of a zone up to the one that `at` is in, oldest first. */
export function daysUpTo(at: number, zone: string, n: number): Day[] {
  const today = dateOf(at, zone)
  const dates = Array.from({ length: n + 1 }, (_, i) => later(today, i - n + 1))
  const starts = dates.map((date) => startOf(date, zone))
  return dates.slice(0, n).map((date, i) => ({ date, from: starts[i]!, to: starts[i + 1]! }))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function read(date: string) {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return { year, month: months[month - 1]!, day, weekday: weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]! }
}

/** "Mon 23 Nov"; with the year when it is another one than `today`'s. */
export function dayLabel(date: string, today: string): string {
  const d = read(date)
  return `${d.weekday} ${d.day} ${d.month}${d.year === read(today).year ? '' : ` ${d.year}`}`
}

/** "20 to 22 Nov", "28 Oct to 3 Nov". */
export function rangeLabel(from: string, to: string, today: string): string {
  if (from === to) return dayLabel(from, today)
  const [a, b] = [read(from), read(to)]
  const year = b.year === read(today).year ? '' : ` ${b.year}`
  return `${a.day}${a.month === b.month ? '' : ` ${a.month}`} to ${b.day} ${b.month}${year}`
}

const two = (n: number) => String(n).padStart(2, '0')
/** "14:13", with the day when it is not the one of `now`. */
export function shortTime(at: number, zone: string, now: number): string {
  const w = new Date(at + offsetAt(at, zone))
  const clock = `${two(w.getUTCHours())}:${two(w.getUTCMinutes())}`
  const [date, today] = [dateOf(at, zone), dateOf(now, zone)]
  return date === today ? clock : `${dayLabel(date, today)}, ${clock}`
}

/** "14:13:05". */
export const clock = (at: number, zone: string): string => new Date(at + offsetAt(at, zone)).toISOString().slice(11, 19)

/** "Europe/Paris (UTC+1)" at that instant. */
export function zoneLabel(zone: string, at: number): string {
  if (zone === 'UTC') return 'UTC'
  const minutes = Math.round(offsetAt(at, zone) / MINUTE)
  const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${zone} (UTC${minutes < 0 ? '−' : '+'}${h}${m ? `:${two(m)}` : ''})`
}
