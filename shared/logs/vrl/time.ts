import { Timestamp } from './value.ts'

/** What is wrong with a time or its format, in the words of Rust's `chrono`. */
export interface Fault {
  readonly fault: string
}

export const isFault = (x: object): x is Fault => 'fault' in x
const invalid: Fault = { fault: 'input contains invalid characters' }
const short: Fault = { fault: 'premature end of input' }
const outOfRange: Fault = { fault: 'input is out of range' }
const impossible: Fault = { fault: 'no possible date and time matching input' }
const notEnough: Fault = { fault: 'input is not enough for unique date and time' }

/** `t'…'`: RFC 3339 with `T` or a space, the offset required. */
export function parseTimestampLiteral(s: string): Timestamp | Fault {
  const m =
    /^\s*([+-]?\d{4,})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?\s*([Zz]|UTC|[+-]\d{2}:?\d{2})$/.exec(s)
  if (!m) return /^[\d:TtZz.+\-\s]*$/.test(s) ? short : invalid
  const [, year, month, day, hour, minute, second, fraction, zone] = m
  const date = dateMs(Number(year), Number(month), Number(day))
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return outOfRange
  const nanos = Number((fraction ?? '').slice(0, 9).padEnd(9, '0'))
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetSeconds(zone!)
  return at(date + seconds * 1000, nanos)
}

const at = (ms: number, nanos: number): Timestamp => new Timestamp(ms + Math.floor(nanos / 1_000_000), nanos % 1_000_000)

function offsetSeconds(zone: string): number {
  const m = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3]) * 60) : 0
}

/** Epoch ms of midnight UTC; `undefined` for dates that do not exist. */
export function dateMs(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  const d = new Date(0)
  d.setUTCFullYear(year, month - 1, day)
  return d.getUTCMonth() === month - 1 && d.getUTCDate() === day ? d.getTime() : undefined
}

const zones = new Map<string, Intl.DateTimeFormat>()

/** Seconds east of UTC in a zone at a moment. `undefined` for names that are no zone. */
export function zoneOffset(zone: string, ms: number): number | undefined {
  if (zone === 'UTC' || zone === 'local') return 0
  let format = zones.get(zone)
  if (!format) {
    if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return undefined
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hourCycle: 'h23', year: 'numeric' })
    } catch {
      return undefined
    }
    zones.set(zone, format)
  }
  const name = format.formatToParts(ms).find((p) => p.type === 'timeZoneName')?.value ?? ''
  const m = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name)
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4] ?? 0)) : 0
}

/** Abbreviation of the zone at a moment, as `%Z` prints it. */
export function zoneName(zone: string, ms: number): string {
  if (zone === 'UTC') return 'UTC'
  for (const locale of locales) {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
    const name = format.formatToParts(ms).find((p) => p.type === 'timeZoneName')?.value ?? ''
    if (/^[A-Z]+$/.test(name)) return name
  }
  // zones without an abbreviation have their offset as name in the zone database
  const minutes = Math.trunc((zoneOffset(zone, ms) ?? 0) / 60)
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${rest === 0 ? '' : String(rest).padStart(2, '0')}`
}

/** Each knows the abbreviations in use where it is spoken. */
const locales = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA']

/** The moment at which clocks in the zone show this local time; the earlier one when it comes twice. */
export function localToUtc(localMs: number, zone: string): number | Fault | undefined {
  // a day before and a day after: whatever offsets the moment may have are among these
  const offsets = [zoneOffset(zone, localMs - 86_400_000), zoneOffset(zone, localMs + 86_400_000)]
  if (offsets[0] === undefined) return undefined
  const found = [...new Set(offsets)].map((o) => localMs - o! * 1000).filter((ms) => zoneOffset(zone, ms)! * 1000 === localMs - ms)
  if (found.length === 1) return found[0]
  return found.length ? notEnough : impossible
}

export { invalid, notEnough, outOfRange, short }
