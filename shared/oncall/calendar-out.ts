import { Temporal } from 'temporal-polyfill'
import { DAY } from '../time.ts'

/** One entry of a feed. `url` opens it in the dashboard. */
export type Entry = { uid: string; from: number; until: number; summary: string; description: string; url: string }

/**
 * An iCalendar feed (RFC 5545) of shifts on the wall clock of `zone`, with the VTIMEZONE that says when its clocks change. `at` is when
 * it was made, epoch ms.
 */
export function calendarFeed(name: string, zone: string, entries: readonly Entry[], at: number): string {
  const from = Math.min(at, ...entries.map((e) => e.from))
  const to = Math.max(at, ...entries.map((e) => e.until))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On-call//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    `X-WR-TIMEZONE:${zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
    ...(zone === 'UTC' ? [] : timezone(zone, from - 370 * DAY, to + 370 * DAY)),
    ...entries.flatMap((e) => [
      'BEGIN:VEVENT',
      `UID:${e.uid}`,
      `DTSTAMP:${utc(at)}`,
      `DTSTART${local(e.from, zone)}`,
      `DTEND${local(e.until, zone)}`,
      `SUMMARY:${text(e.summary)}`,
      ...(e.description ? [`DESCRIPTION:${text(e.description)}`] : []),
      `URL:${e.url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** RFC 5545 §3.6.5: what was in force at `from`, and each change until `to`. A zone whose clocks never change has one line. */
function timezone(zone: string, from: number, to: number): string[] {
  const begin = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const lines = observance(begin, begin.offset, begin.offset, false)
  let before = begin
  for (let next = begin.getTimeZoneTransition('next'); next && next.epochMilliseconds < to; next = next.getTimeZoneTransition('next')) {
    lines.push(...observance(next, before.offset, next.offset, next.offsetNanoseconds > standard(next)))
    before = next
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE']
}

/** The smaller of the offsets around a year: summer time is what is ahead of it. */
const standard = (at: Temporal.ZonedDateTime) => Math.min(...[0, 3, 6, 9].map((months) => at.add({ months }).offsetNanoseconds))

/** Begins at a reading of the clock as it was before. */
function observance(at: Temporal.ZonedDateTime, from: string, to: string, daylight: boolean): string[] {
  const kind = daylight ? 'DAYLIGHT' : 'STANDARD'
  const start = at
    .toInstant()
    .toZonedDateTimeISO(from === to ? at.timeZoneId : from)
    .toPlainDateTime()
  return [`BEGIN:${kind}`, `DTSTART:${stamp(start)}`, `TZOFFSETFROM:${offset(from)}`, `TZOFFSETTO:${offset(to)}`, `END:${kind}`]
}

const offset = (text: string) => text.replaceAll(':', '')
const stamp = (t: Temporal.PlainDateTime) => t.round('second').toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
const utc = (at: number) => `${stamp(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime())}Z`
const local = (at: number, zone: string) =>
  zone === 'UTC'
    ? `:${utc(at)}`
    : ambiguous(at, zone)
      ? `:${utc(at)}`
      : `;TZID=${zone}:${stamp(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime())}`

/** The second pass through a repeated hour cannot be written on the wall clock: RFC 5545 §3.3.5 reads it as the first. */
function ambiguous(at: number, zone: string): boolean {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return there.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds !== at
}

/** §3.3.11. Other control characters may not be there at all. */
const text = (value: string) =>
  value
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll('\n', '\\n')

/** §3.1: lines of at most 75 octets; a character is never cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const c of line) {
    const n = encoder.encode(c).length
    if (octets + n > 75) {
      out += '\r\n '
      octets = 1
    }
    out += c
    octets += n
  }
  return out
}
