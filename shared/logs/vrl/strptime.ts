import { days, hasZone, type Item, months, parseFormat } from './strftime.ts'
import { dateMs, type Fault, invalid, localToUtc, notEnough, outOfRange, short } from './time.ts'
import { Timestamp } from './value.ts'

/** A time in a `chrono` format. Without an offset in the format it is local to `zone`. */
export function parseTime(input: string, format: string, zone: string): Timestamp | Fault {
  const items = parseFormat(format)
  if (!items) return { fault: 'bad or unsupported format string' }
  const read = readItems(input, items)
  if ('fault' in read) return read
  return resolve(read, hasZone(items), zone)
}

interface Parts {
  year?: number
  yearInCentury?: number
  century?: number
  month?: number
  day?: number
  ordinal?: number
  isoYear?: number
  isoWeek?: number
  weekday?: number
  sundayWeek?: number
  mondayWeek?: number
  hour24?: number
  hour12?: number
  afternoon?: boolean
  minute?: number
  second?: number
  nanos?: number
  epoch?: number
  offset?: number
}

function readItems(input: string, items: readonly Item[]): Parts | Fault {
  const p: Parts = {}
  let rest = input
  for (const item of items) {
    const after = 'text' in item ? readText(rest, item.text) : readSpec(rest, item.spec, p)
    if (typeof after !== 'string') return after
    rest = after
  }
  return rest === '' ? p : { fault: 'trailing input' }
}

/** Text must be there as it is; white space stands for any white space. */
function readText(rest: string, text: string): string | Fault {
  let at = 0
  for (const c of text) {
    if (/\s/.test(c)) {
      while (/\s/.test(rest[at] ?? '')) at++
      continue
    }
    if (at >= rest.length) return short
    if (!rest.startsWith(c, at)) return invalid
    at += c.length
  }
  return rest.slice(at)
}

/** Numeric specifiers: most digits, and where the number goes. */
const numeric: Record<string, [number, (p: Parts, n: number) => void]> = {
  Y: [4, (p, n) => (p.year = n)],
  C: [2, (p, n) => (p.century = n)],
  y: [2, (p, n) => (p.yearInCentury = n)],
  m: [2, (p, n) => (p.month = n)],
  d: [2, (p, n) => (p.day = n)],
  e: [2, (p, n) => (p.day = n)],
  w: [1, (p, n) => (p.weekday = n)],
  u: [1, (p, n) => (p.weekday = n % 7)],
  U: [2, (p, n) => (p.sundayWeek = n)],
  W: [2, (p, n) => (p.mondayWeek = n)],
  G: [4, (p, n) => (p.isoYear = n)],
  V: [2, (p, n) => (p.isoWeek = n)],
  j: [3, (p, n) => (p.ordinal = n)],
  H: [2, (p, n) => (p.hour24 = n)],
  k: [2, (p, n) => (p.hour24 = n)],
  I: [2, (p, n) => (p.hour12 = n)],
  l: [2, (p, n) => (p.hour12 = n)],
  M: [2, (p, n) => (p.minute = n)],
  S: [2, (p, n) => (p.second = n)],
  s: [19, (p, n) => (p.epoch = n)],
  f: [9, (p, n) => (p.nanos = n)],
}

function readSpec(input: string, spec: string, p: Parts): string | Fault {
  const number = numeric[spec]
  if (number) {
    const rest = input.replace(/^\s+/, '')
    const m = new RegExp(`^${spec === 's' || spec === 'Y' || spec === 'G' ? '[+-]?' : ''}\\d{1,${number[0]}}`).exec(rest)
    if (!m) return rest === '' ? short : invalid
    number[1](p, Number(m[0]))
    return rest.slice(m[0].length)
  }
  if ('bBh'.includes(spec)) return readName(input, months, (i) => (p.month = i + 1))
  if ('aA'.includes(spec)) return readName(input, days, (i) => (p.weekday = i))
  if (spec === 'p' || spec === 'P') {
    const m = /^([ap])m/i.exec(input)
    if (!m) return input.length < 2 ? short : invalid
    p.afternoon = m[1]!.toLowerCase() === 'p'
    return input.slice(2)
  }
  if (spec.endsWith('f')) return readFraction(input, spec, p)
  if (spec === 'Z') return input.replace(/^\S*/, '')
  if (spec === '+') return readRfc3339(input, p)
  return readOffset(input, spec, p)
}

function readName(input: string, names: readonly string[], set: (i: number) => void): string | Fault {
  const i = names.findIndex((n) => input.slice(0, 3).toLowerCase() === n.slice(0, 3).toLowerCase())
  if (i < 0) return input.length < 3 ? short : invalid
  set(i)
  const full = names[i]!
  return input.slice(input.slice(0, full.length).toLowerCase() === full.toLowerCase() ? full.length : 3)
}

function readFraction(input: string, spec: string, p: Parts): string | Fault {
  if (spec.startsWith('.')) {
    const m = /^\.(\d+)/.exec(input)
    if (!m) return input.startsWith('.') ? short : input
    p.nanos = Number(m[1]!.slice(0, 9).padEnd(9, '0'))
    return input.slice(m[0].length)
  }
  const width = Number(spec[0])
  const m = new RegExp(`^\\d{${width}}`).exec(input)
  if (!m) return input.length < width ? short : invalid
  p.nanos = Number(m[0].padEnd(9, '0'))
  return input.slice(width)
}

function readOffset(input: string, spec: string, p: Parts): string | Fault {
  const rest = input.replace(/^\s+/, '')
  const m = /^(?:([+-\u2212])(\d{2})(?::?(\d{2}))?(?::?(\d{2}))?|[Zz]|UTC)/.exec(rest)
  if (!m || (m[1] === undefined && spec !== '#z' && !/^[Zz]/.test(m[0]))) return rest === '' ? short : invalid
  if (m[1] === undefined) p.offset = 0
  else {
    if (m[3] === undefined && spec !== '#z' && spec !== ':::z') return short
    p.offset = (m[1] === '+' ? 1 : -1) * (Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60)
    if (Number(m[3] ?? 0) > 59) return outOfRange
  }
  const used = m[4] !== undefined && spec !== '::z' ? m[0].slice(0, m[0].length - m[4].length - (m[0].at(-3) === ':' ? 1 : 0)) : m[0]
  return rest.slice(used.length)
}

function readRfc3339(input: string, p: Parts): string | Fault {
  const m = /^([+-]?\d{4,})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})/.exec(input)
  if (!m) return /^[\d:TtZz.+\- ]*$/.test(input) ? short : invalid
  const [, year, month, day, hour, minute, second, fraction, zone] = m
  Object.assign(p, { year: +year!, month: +month!, day: +day!, hour24: +hour!, minute: +minute!, second: +second! })
  p.nanos = Number((fraction ?? '').slice(0, 9).padEnd(9, '0'))
  p.offset = zone!.length === 1 ? 0 : (zone![0] === '-' ? -1 : 1) * (Number(zone!.slice(1, 3)) * 3600 + Number(zone!.slice(4)) * 60)
  return input.slice(m[0].length)
}

function resolve(p: Parts, zoned: boolean, zone: string): Timestamp | Fault {
  if (p.epoch !== undefined) return new Timestamp(p.epoch * 1000 + Math.floor((p.nanos ?? 0) / 1e6), (p.nanos ?? 0) % 1e6)
  const date = resolveDate(p)
  if (typeof date !== 'number') return date
  const hour = p.hour24 ?? (p.hour12 === undefined || p.afternoon === undefined ? undefined : (p.hour12 % 12) + (p.afternoon ? 12 : 0))
  if (hour === undefined || p.minute === undefined) return notEnough
  if (hour > 23 || p.minute > 59 || (p.second ?? 0) > 60 || (p.hour12 ?? 1) > 12) return outOfRange
  if (zoned && p.offset === undefined) return notEnough
  const nanos = p.nanos ?? 0
  const local = date + (hour * 3600 + p.minute * 60 + (p.second ?? 0)) * 1000
  const ms = zoned ? local - p.offset! * 1000 : localToUtc(local, zone)
  if (typeof ms === 'object') return ms
  return ms === undefined ? notEnough : new Timestamp(ms + Math.floor(nanos / 1e6), nanos % 1e6)
}

function resolveDate(p: Parts): number | Fault {
  const year =
    p.year ??
    (p.yearInCentury === undefined
      ? undefined
      : p.century === undefined
        ? p.yearInCentury + (p.yearInCentury < 70 ? 2000 : 1900)
        : p.century * 100 + p.yearInCentury)
  if (year !== undefined && p.month !== undefined && p.day !== undefined) return checked(dateMs(year, p.month, p.day), p)
  if (year !== undefined && p.ordinal !== undefined) return checked(ordinalMs(year, p.ordinal), p)
  if (p.isoYear !== undefined && p.isoWeek !== undefined && p.weekday !== undefined) {
    const fourth = dateMs(p.isoYear, 1, 4)!
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000
    return monday + ((p.isoWeek - 1) * 7 + ((p.weekday + 6) % 7)) * 86_400_000
  }
  const week = p.sundayWeek ?? p.mondayWeek
  if (year !== undefined && week !== undefined && p.weekday !== undefined) {
    const first = dateMs(year, 1, 1)!
    const starts = p.sundayWeek === undefined ? 1 : 0
    const lead = (7 + starts - new Date(first).getUTCDay()) % 7
    return first + (lead + (week - 1) * 7 + ((p.weekday - starts + 7) % 7)) * 86_400_000
  }
  return notEnough
}

const ordinalMs = (year: number, ordinal: number): number | undefined => {
  const ms = dateMs(year, 1, 1)! + (ordinal - 1) * 86_400_000
  return ordinal >= 1 && new Date(ms).getUTCFullYear() === year ? ms : undefined
}

/** A weekday that was named must be the right one. */
function checked(ms: number | undefined, p: Parts): number | Fault {
  if (ms === undefined) return outOfRange
  return p.weekday === undefined || new Date(ms).getUTCDay() === p.weekday ? ms : { fault: 'no possible date and time matching input' }
}
