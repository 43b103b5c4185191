import { zoneName, zoneOffset } from './time.ts'
import type { Timestamp } from './value.ts'

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
export const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A piece of a format: text, or a specifier with its padding (`-`, `_`, `0`). */
export type Item = { readonly text: string } | { readonly spec: string; readonly pad?: string }

const composed: Record<string, string> = {
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  F: '%Y-%m-%d',
  v: '%e-%b-%Y',
  R: '%H:%M',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
}

/** The items of a `chrono` format string; `undefined` where it has a specifier that does not exist. */
export function parseFormat(format: string): Item[] | undefined {
  const items: Item[] = []
  let rest = format
  while (rest !== '') {
    const text = /^[^%]+/.exec(rest)
    if (text) {
      items.push({ text: text[0] })
      rest = rest.slice(text[0].length)
      continue
    }
    const m = /^%([-_0])?(\.[369]?f|[369]f|:{1,3}z|#z|[A-Za-z+%])/.exec(rest)
    if (!m) return undefined
    rest = rest.slice(m[0].length)
    const spec = m[2]!
    if (spec === '%') items.push({ text: '%' })
    else if (spec === 'n' || spec === 't') items.push({ text: spec === 'n' ? '\n' : '\t' })
    else if (composed[spec]) items.push(...parseFormat(composed[spec])!)
    else if (spec.length === 1 && !'YCyqmbBhdeaAwuUWGgVjHkIlPpMSfZzs+'.includes(spec)) return undefined
    else items.push({ spec, pad: m[1] })
  }
  return items
}

/** Whether a time in this format says which offset it is in. */
export const hasZone = (items: readonly Item[]): boolean =>
  items.some((i) => 'spec' in i && (i.spec.endsWith('z') || i.spec === 'Z' || i.spec === '+'))

/** `undefined` for a format that is not one. */
export function formatTime(t: Timestamp, format: string, zone = 'UTC'): string | undefined {
  const items = parseFormat(format)
  if (!items) return undefined
  const seconds = Math.floor(t.ms / 1000)
  const nanos = (t.ms - seconds * 1000) * 1_000_000 + t.ns
  const offset = zoneOffset(zone, t.ms)
  if (offset === undefined) return undefined
  const local = new Date((seconds + offset) * 1000)
  return items.map((i) => ('text' in i ? i.text : formatItem(i.spec, i.pad, { local, nanos, offset, seconds, zone, ms: t.ms }))).join('')
}

interface Moment {
  readonly local: Date
  readonly nanos: number
  readonly offset: number
  readonly seconds: number
  readonly zone: string
  readonly ms: number
}

const number = (n: number, width: number, fill: string, pad: string | undefined): string => {
  if (pad === '-') return String(n)
  const sign = n < 0 ? '-' : ''
  return sign + String(Math.abs(n)).padStart(width, pad === '_' ? ' ' : pad === '0' ? '0' : fill)
}

function formatItem(spec: string, pad: string | undefined, m: Moment): string {
  const d = m.local
  const year = d.getUTCFullYear()
  const hour = d.getUTCHours()
  const two = (n: number, fill = '0'): string => number(n, 2, fill, pad)
  switch (spec) {
    case 'Y':
      return number(year, 4, '0', pad)
    case 'C':
      return two(Math.floor(year / 100))
    case 'y':
      return two(((year % 100) + 100) % 100)
    case 'q':
      return String(Math.floor(d.getUTCMonth() / 3) + 1)
    case 'm':
      return two(d.getUTCMonth() + 1)
    case 'b':
    case 'h':
      return months[d.getUTCMonth()]!.slice(0, 3)
    case 'B':
      return months[d.getUTCMonth()]!
    case 'd':
      return two(d.getUTCDate())
    case 'e':
      return two(d.getUTCDate(), ' ')
    case 'a':
      return days[d.getUTCDay()]!.slice(0, 3)
    case 'A':
      return days[d.getUTCDay()]!
    case 'w':
      return String(d.getUTCDay())
    case 'u':
      return String(d.getUTCDay() || 7)
    case 'U':
      return two(Math.floor((dayOfYear(d) + 6 - d.getUTCDay()) / 7))
    case 'W':
      return two(Math.floor((dayOfYear(d) + 6 - ((d.getUTCDay() + 6) % 7)) / 7))
    case 'G':
      return number(isoWeek(d).year, 4, '0', pad)
    case 'g':
      return two(isoWeek(d).year % 100)
    case 'V':
      return two(isoWeek(d).week)
    case 'j':
      return number(dayOfYear(d), 3, '0', pad)
    case 'H':
      return two(hour)
    case 'k':
      return two(hour, ' ')
    case 'I':
      return two(hour % 12 || 12)
    case 'l':
      return two(hour % 12 || 12, ' ')
    case 'P':
      return hour < 12 ? 'am' : 'pm'
    case 'p':
      return hour < 12 ? 'AM' : 'PM'
    case 'M':
      return two(d.getUTCMinutes())
    case 'S':
      return two(d.getUTCSeconds())
    case 's':
      return number(m.seconds, 1, '0', pad)
    case 'Z':
      return zoneName(m.zone, m.ms)
    case '+':
      return `${formatTime0(d)}${fraction('.f', m.nanos)}${offsetText(m.offset, ':z')}`
    default:
      return spec.endsWith('f') ? fraction(spec, m.nanos) : offsetText(m.offset, spec)
  }
}

const formatTime0 = (d: Date): string => d.toISOString().slice(0, -5)

function fraction(spec: string, nanos: number): string {
  const nine = String(nanos).padStart(9, '0')
  const digits = /\d/.exec(spec)
  if (digits) return (spec.startsWith('.') ? '.' : '') + nine.slice(0, Number(digits[0]))
  if (spec === 'f') return nine
  if (nanos === 0) return ''
  return `.${nanos % 1_000_000 === 0 ? nine.slice(0, 3) : nanos % 1000 === 0 ? nine.slice(0, 6) : nine}`
}

function offsetText(offset: number, spec: string): string {
  const abs = Math.abs(offset)
  const part = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const sign = offset < 0 ? '-' : '+'
  const [h, m, s] = [part(abs / 3600), part((abs % 3600) / 60), part(abs % 60)]
  if (spec === 'z') return `${sign}${h}${m}`
  if (spec === '::z') return `${sign}${h}:${m}:${s}`
  return spec === ':::z' ? `${sign}${h}` : `${sign}${h}:${m}`
}

export const dayOfYear = (d: Date): number =>
  Math.round((Date.UTC(2000, d.getUTCMonth(), d.getUTCDate()) - Date.UTC(2000, 0, 1)) / 86_400_000) +
  1 -
  (isLeap(d.getUTCFullYear()) || d.getUTCMonth() < 2 ? 0 : 1)
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

function isoWeek(d: Date): { year: number; week: number } {
  const thursday = new Date(d.getTime() + (4 - (d.getUTCDay() || 7)) * 86_400_000)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}
