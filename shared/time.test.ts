import { expect, test } from 'vitest'
import { duration, iso, isoOrNull, isZone } from './time.ts'

test.each([
  [0, '0 ms'],
  [184, '184 ms'],
  [2_940, '2.9 s'],
  [10_000, '10 s'],
  [59_999, '59 s'],
  [60_000, '1 m'],
  [252_000, '4 m 12 s'],
  [1_084_000, '18 m 04 s'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 m'],
  [583_200_000, '6 d 18 h'],
  [86_400_000, '1 d'],
])('duration(%i) is "%s"', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test.each([
  ['UTC', true],
  ['Europe/Paris', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+5', true],
  ['+01:00', false],
  ['CET', false],
  ['Europe/Nowhere', false],
  ['', false],
])('isZone("%s") is %s', (zone, expected) => {
  expect(isZone(zone)).toBe(expected)
})

test('times leave as RFC 3339 in UTC', () => {
  expect(iso(0)).toBe('1970-01-01T00:00:00.000Z')
  expect([isoOrNull(null), isoOrNull(undefined), isoOrNull(0)]).toEqual([null, null, '1970-01-01T00:00:00.000Z'])
})
