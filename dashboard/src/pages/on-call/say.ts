import { clock, weekday } from '../../words.ts'
import type { Schedule } from './queries.ts'

/** "Mon 30 Nov 09:00". */
export const at = (t: number, zone: string, now: number): string => `${weekday(t, zone, now)} ${clock(t, zone, false)}`
export const span = (from: number, to: number, zone: string, now: number): string => `${at(from, zone, now)} to ${at(to, zone, now)}`
export const hours = (seconds: number): string => `${Math.round(seconds / 3600).toLocaleString('en')} h`

type Layer = Schedule['layers'][number]
const every = (n: number, one: string, many: string) => (n === 1 ? one : `every ${n} ${many}`)

/** "weekly, Mon 09:00", "every 12 h", "Mon, Tue 09:00 to 17:00". */
export function layerWords(l: Layer, zone: string, now: number): string {
  if (l.calendar_id) return 'from a calendar'
  const start = Date.parse(l.rotation_start)
  const time = clock(start, zone, false)
  const day = weekday(start, zone, now)
  const turn = {
    DAILY: `${every(l.rotation_interval, 'daily', 'days')}, ${time}`,
    WEEKLY: `${l.rotation_split ? `${l.rotation_split.join(' and ')} days` : every(l.rotation_interval, 'weekly', 'weeks')}, ${day.slice(0, 3)} ${time}`,
    MONTHLY: `${every(l.rotation_interval, 'monthly', 'months')}, day ${day.split(' ')[1]} ${time}`,
    CUSTOM: `every ${(l.rotation_interval_hours ?? 24) * l.rotation_interval} h`,
  }[l.rotation_type]
  return l.restrictions.length
    ? l.restrictions.map((r) => `${daysWords(r.days)} ${r.from === r.to ? `from ${r.from}` : `${r.from}–${r.to}`}`).join(', ')
    : (turn ?? '')
}

const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
function daysWords(days: readonly string[]): string {
  if (days.length === 7) return 'daily'
  if (days.join() === ALL.slice(0, 5).join()) return 'weekdays'
  if (days.join() === 'sat,sun') return 'weekends'
  return days.map((d) => d[0]!.toUpperCase() + d.slice(1)).join(' ')
}

/** A colour of the eight for each person, the same on the whole page. */
export const colours = (people: readonly { user_id: string }[]): ((user: string) => string) => {
  const order = [...people].map((p) => p.user_id).sort()
  return (user) => `var(--s${(Math.max(0, order.indexOf(user)) % 8) + 1})`
}
export const initials = (name: string): string =>
  name.split(/\s+/).slice(0, 2).map((w) => w[0]?.toUpperCase() ?? '').join('') // biome-ignore format: a line
