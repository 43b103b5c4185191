import { duration } from '../../shared/time.ts'

export { duration }

/** "1,204". */
export const count = (n: number): string => n.toLocaleString('en')

/** "1 monitor", "3 monitors", "1,204 people". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`

/** Availability: three decimals, never rounded up to 100 % while something was down. */
export function percent(share: number | null | undefined): string {
  if (share == null) return '–'
  if (share >= 1) return '100 %'
  return `${(Math.floor(share * 100_000) / 1000).toFixed(3)} %`
}

/** "eu", "us and eu", "us, eu and as". */
export const and = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** "4 s ago", "12 m ago", "in 9 d", "just now": the largest unit alone, counted down to whole ones. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor(Math.abs(now - at) / 1000)
  if (seconds < 1) return 'just now'
  const [size, unit] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'm'],
    ] as const
  ).find(([n]) => seconds >= n) ?? [1, 's']
  const whole = `${Math.floor(seconds / size)} ${unit}`
  return now > at ? `${whole} ago` : `in ${whole}`
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options })
  formats.set(key, made)
  return made
}

/** "14:13:56". */
export const clock = (at: number, zone: string, seconds = true): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}), hourCycle: 'h23' }).format(at)

/** "23 Nov", with the year when it is not `now`'s. */
export function day(at: number, zone: string, now: number): string {
  const part = (t: number, name: 'year' | 'month' | 'day') =>
    format(zone, { year: 'numeric', month: 'short', day: 'numeric' })
      .formatToParts(t)
      .find((p) => p.type === name)!.value
  const year = part(at, 'year')
  return `${part(at, 'day')} ${part(at, 'month')}${year === part(now, 'year') ? '' : ` ${year}`}`
}

/** "Mon 23 Nov". */
export const weekday = (at: number, zone: string, now: number): string =>
  `${format(zone, { weekday: 'short' }).format(at)} ${day(at, zone, now)}`

/** "Mon 23 Nov 14:13:56 Europe/Paris": the form with everything, for titles and exports. */
export const moment = (at: number, zone: string, now: number): string => `${weekday(at, zone, now)} ${clock(at, zone)} ${zone}`

/** "today 14:13" within the zone's own day, else "4 Nov 03:10". Always beside a zone in the header. */
export const dayAndClock = (at: number, zone: string, now: number): string =>
  `${day(at, zone, now) === day(now, zone, now) ? 'today' : day(at, zone, now)} ${clock(at, zone, false)}`

/** "UTC+1", "UTC−3:30", "UTC". */
export function offset(at: number, zone: string): string {
  const part = format(zone, { timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((p) => p.type === 'timeZoneName')!.value
  const m = /([+-])0?(\d+):(\d\d)/.exec(part)
  return m && (m[2] !== '0' || m[3] !== '00') ? `UTC${m[1] === '-' ? '−' : '+'}${m[2]}${m[3] === '00' ? '' : `:${m[3]}`}` : 'UTC'
}

/** A URL as people read it: "api.example.com/v1"; what is no URL stays as it is. */
export function host(url: string): string {
  try {
    const u = new URL(url)
    return u.host + (u.pathname === '/' ? '' : u.pathname) + u.search
  } catch {
    return url
  }
}
