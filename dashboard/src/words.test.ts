import { expect, test } from 'vitest'
import { ago, and, clock, count, dayAndClock, host, moment, offset, percent, plural } from './words.ts'

const at = Date.parse('2026-11-23T13:13:56Z')

test('availability is never rounded up to 100 %', () => {
  expect([1, 0.999999, 0.99957, 0.5, 0, null].map(percent)).toEqual(['100 %', '99.999 %', '99.957 %', '50.000 %', '0.000 %', '–'])
})

test('numbers and counts read as sentences', () => {
  expect([count(9988), plural(1, 'monitor'), plural(1204, 'person', 'people')]).toEqual(['9,988', '1 monitor', '1,204 people'])
  expect([and([]), and(['us']), and(['us', 'eu']), and(['us', 'eu', 'as'])]).toEqual(['', 'us', 'us and eu', 'us, eu and as'])
})

test('relative times say both directions', () => {
  expect([ago(at - 4_200, at), ago(at + 9_000, at), ago(at, at), ago(at - 90_000, at), ago(at + 9.5 * 86_400_000, at)]).toEqual([
    '4 s ago',
    'in 9 s',
    'just now',
    '1 m ago',
    'in 9 d',
  ])
})

test('absolute times carry their zone', () => {
  expect(clock(at, 'Europe/Paris')).toBe('14:13:56')
  expect(moment(at, 'Europe/Paris', at)).toBe('Mon 23 Nov 14:13:56 Europe/Paris')
  expect(moment(at, 'UTC', at + 400 * 86_400_000)).toBe('Mon 23 Nov 2026 13:13:56 UTC')
})

test('months have three letters in every browser', () => {
  expect(moment(Date.parse('2026-09-04T07:39:00Z'), 'UTC', at)).toBe('Fri 4 Sep 07:39:00 UTC')
})

test('today is the day of the zone, not of the reader', () => {
  const now = Date.parse('2026-11-23T23:30:00Z')
  expect(dayAndClock(Date.parse('2026-11-23T22:30:00Z'), 'UTC', now)).toBe('today 22:30')
  expect(dayAndClock(Date.parse('2026-11-23T22:30:00Z'), 'Europe/Paris', now)).toBe('23 Nov 23:30')
})

test('offsets are written as people write them', () => {
  expect([offset(at, 'Europe/Paris'), offset(at, 'UTC'), offset(at, 'America/St_Johns')]).toEqual(['UTC+1', 'UTC', 'UTC−3:30'])
})

test('an address reads without its scheme', () => {
  expect([host('https://a.example/'), host('https://a.example:8080/x?y=1'), host('no url')]).toEqual([
    'a.example',
    'a.example:8080/x?y=1',
    'no url',
  ])
})
