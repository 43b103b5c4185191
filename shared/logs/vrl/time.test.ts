import { expect, test } from 'vitest'
import { formatTime } from './strftime.ts'
import { parseTime } from './strptime.ts'
import { isFault, localToUtc, parseTimestampLiteral, zoneName, zoneOffset } from './time.ts'
import { Timestamp, timestampText } from './value.ts'

const moment = new Timestamp(Date.UTC(2026, 4, 5, 7, 8, 9), 1_000)

test.each([
  ['%Y-%m-%dT%H:%M:%S%.9f%:z', '2026-05-05T07:08:09.000001000+00:00'],
  ['%e %B %y, %A', ' 5 May 26, Tuesday'],
  ['%I:%M %p', '07:08 AM'],
  ['%G-W%V-%u', '2026-W19-2'],
  ['%s %f %j', '1777964889 000001000 125'],
  ['%-d/%_m/%02H', undefined],
  ['%-d.%-m.', '5.5.'],
  ['%c', 'Tue May  5 07:08:09 2026'],
  ['%!', undefined],
])('%s is written %s', (format, text) => {
  expect(formatTime(moment, format)).toBe(text)
})

test.each([
  ['2026-05-05 07:08:09', '%F %T', '2026-05-05T07:08:09Z'],
  ['May 5 2026 7:08 PM +0230', '%b %d %Y %I:%M %p %z', '2026-05-05T16:38:00Z'],
  ['1777964889', '%s', '2026-05-05T07:08:09Z'],
  ['2026-05-05T07:08:09.25Z', '%+', '2026-05-05T07:08:09.250Z'],
])('%s read by %s is %s', (input, format, text) => {
  const t = parseTime(input, format, 'UTC')
  expect(isFault(t) ? t : timestampText(t)).toBe(text)
})

test.each([
  ['2026-02-30', '%F'],
  ['2026-05-05 25:00', '%F %R'],
  ['2026', '%Y'],
  ['2026-05-05 rest', '%F'],
])('%s read by %s is refused', (input, format) => {
  expect(parseTime(input, format, 'UTC')).toHaveProperty('fault')
})

test('zones know their summers', () => {
  expect(zoneOffset('Europe/Berlin', Date.UTC(2026, 0, 1))).toBe(3600)
  expect(zoneOffset('Europe/Berlin', Date.UTC(2026, 6, 1))).toBe(7200)
  expect(zoneName('America/New_York', Date.UTC(2026, 6, 1))).toBe('EDT')
  expect(zoneName('Europe/Berlin', Date.UTC(2026, 6, 1))).toBe('CEST')
  expect(zoneName('America/Sao_Paulo', Date.UTC(2026, 6, 1))).toBe('-03')
  expect(zoneOffset('Moon/Base', 0)).toBeUndefined()
})

test('a local time that comes twice, or never, is none', () => {
  expect(localToUtc(Date.UTC(2026, 9, 25, 4, 30), 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 3, 30))
  expect(localToUtc(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Berlin')).toEqual({ fault: 'input is not enough for unique date and time' })
  expect(localToUtc(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Berlin')).toEqual({ fault: 'no possible date and time matching input' })
})

test('timestamp literals need an offset', () => {
  expect(parseTimestampLiteral('2026-05-05T07:08:09.123456789-01:00')).toEqual(new Timestamp(Date.UTC(2026, 4, 5, 8, 8, 9, 123), 456789))
  expect(parseTimestampLiteral('2026-05-05')).toHaveProperty('fault')
})
