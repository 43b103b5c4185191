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
  const r = new Rfc3339(s)
  return r.read() ?? r.fault
}

const at = (ms: number, nanos: number): Timestamp => new Timestamp(ms + Math.floor(nanos / 1_000_000), nanos % 1_000_000)

/** RFC 3339 as the reference reads it: single digits and spaces between the parts may be; a fault is where the reading first stops. */
class Rfc3339 {
  fault: Fault = invalid
  private at = 0
  private readonly s: string

  constructor(s: string) {
    this.s = s
  }

  read(): Timestamp | undefined {
    const year = this.number(4, 0, Number.POSITIVE_INFINITY, true)
    const month = year === undefined ? undefined : this.sign('-') && this.number(2, 1, 12)
    const day = month ? this.sign('-') && this.number(2, 1, 31) : undefined
    if (!day || !this.oneOf('tT ')) return undefined
    const hour = this.number(2, 0, 23)
    const minute = hour === undefined || !this.sign(':') ? undefined : this.number(2, 0, 59)
    const second = minute === undefined || !this.sign(':') ? undefined : this.number(2, 0, 60)
    const nanos = second === undefined ? undefined : this.fraction()
    const offset = nanos === undefined ? undefined : this.offset()
    if (offset === undefined) return undefined
    this.fault = { fault: 'trailing input' }
    if (this.s.slice(this.at).trimStart() !== '') return undefined
    this.fault = outOfRange
    const date = dateMs(year!, month as number, day)
    return date === undefined ? undefined : at(date + (hour! * 3600 + minute! * 60 + second! - offset) * 1000, nanos!)
  }

  private spaces(): void {
    while (/\s/.test(this.s[this.at] ?? '')) this.at++
  }

  private stop(fault: Fault): undefined {
    this.fault = fault
    return undefined
  }

  private number(digits: number, least: number, most: number, signed = false): number | undefined {
    this.spaces()
    const rest = this.s.slice(this.at)
    const m = new RegExp(signed ? `^(?:[+-]\\d+|\\d{1,${digits}})` : `^\\d{1,${digits}}`).exec(rest)
    if (!m) return this.stop(rest === '' || (signed && /^[+-]$/.test(rest)) ? short : invalid)
    this.at += m[0].length
    return Number(m[0]) < least && !signed ? this.stop(outOfRange) : Number(m[0]) > most ? this.stop(outOfRange) : Number(m[0])
  }

  private oneOf(signs: string): boolean {
    const c = this.s[this.at]
    if (c !== undefined && signs.includes(c)) {
      this.at++
      return true
    }
    this.stop(c === undefined ? short : invalid)
    return false
  }

  private sign(c: string): boolean {
    this.spaces()
    return this.oneOf(c)
  }

  /** Nanoseconds; digits beyond them are read over. */
  private fraction(): number | undefined {
    if (this.s[this.at] !== '.') return 0
    const m = /^\d+/.exec(this.s.slice(++this.at))
    if (!m) return this.stop(this.at >= this.s.length ? short : invalid)
    this.at += m[0].length
    return Number(m[0].slice(0, 9).padEnd(9, '0'))
  }

  /** Seconds east of UTC. */
  private offset(): number | undefined {
    this.spaces()
    if (/^utc/i.test(this.s.slice(this.at))) {
      this.at += 3
      return 0
    }
    const sign = this.s[this.at]
    if (sign === undefined) return this.stop(short)
    this.at++
    if (/[zZ]/.test(sign)) return 0
    if (!/[+\-\u2212]/.test(sign)) return this.stop(invalid)
    const hours = this.digits(/^\d\d/)
    if (hours === undefined) return undefined
    while (/[:\s]/.test(this.s[this.at] ?? '')) this.at++
    if (/^[6-9]\d/.test(this.s.slice(this.at))) return this.stop(outOfRange)
    const minutes = this.digits(/^\d\d/)
    // whole days are no offset
    if (hours > 23) return this.stop(outOfRange)
    return minutes === undefined ? undefined : (sign === '+' ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  private digits(two: RegExp): number | undefined {
    const rest = this.s.slice(this.at)
    if (!two.test(rest)) return this.stop(rest.length < 2 ? short : invalid)
    this.at += 2
    return Number(rest.slice(0, 2))
  }
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
