import { expect, test } from 'vitest'
import { HOUR } from '../time.ts'
import { clock, dayLabel, daysUpTo, offsetAt, rangeLabel, shortTime, zoneLabel } from './zone.ts'

const at = (text: string) => Date.parse(text)

test.each([
  ['UTC', '2026-11-23T12:00:00Z', 0],
  ['Europe/Paris', '2026-11-23T12:00:00Z', 1],
  ['Europe/Paris', '2026-07-01T12:00:00Z', 2],
  ['America/New_York', '2026-11-23T12:00:00Z', -5],
  ['Asia/Kolkata', '2026-11-23T12:00:00Z', 5.5],
])('%s at %s is %d hours from UTC', (zone, t, hours) => expect(offsetAt(at(t), zone)).toBe(hours * HOUR))

test.each([
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Asia/Beirut',
  'Australia/Lord_Howe',
])('days of %s lie end to end over a year and hold their own noon', (zone) => {
  for (const now of ['2026-11-23T12:00:00Z', '2019-03-01T23:59:00Z']) {
    const days = daysUpTo(at(now), zone, 400)
    for (const [i, day] of days.entries()) {
      if (i) expect(day.from).toBe(days[i - 1]!.to)
      const text = new Intl.DateTimeFormat('sv', { timeZone: zone }).format((day.from + day.to) / 2)
      expect(text).toBe(day.date)
      // the first instant of a day is in it, the one before is not
      expect(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(day.from)).toBe(day.date)
      expect(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(day.from - 1)).not.toBe(day.date)
    }
    expect(days.at(-1)!.from <= at(now) && at(now) < days.at(-1)!.to).toBe(true)
  }
})

test('a day on which clocks change is an hour longer or shorter', () => {
  const hours = (now: string) => daysUpTo(at(now), 'Europe/Paris', 1).map((d) => (d.to - d.from) / HOUR)
  expect([hours('2026-03-29T12:00:00Z'), hours('2026-10-25T12:00:00Z'), hours('2026-11-23T12:00:00Z')]).toEqual([[23], [25], [24]])
})

test('dates, ranges and times are said as on a page', () => {
  expect(dayLabel('2026-11-23', '2026-11-23')).toBe('Mon 23 Nov')
  expect(dayLabel('2025-12-31', '2026-01-02')).toBe('Wed 31 Dec 2025')
  expect(rangeLabel('2026-11-20', '2026-11-22', '2026-11-23')).toBe('20 to 22 Nov')
  expect(rangeLabel('2026-10-28', '2026-11-03', '2026-11-23')).toBe('28 Oct to 3 Nov')
  expect(rangeLabel('2026-11-20', '2026-11-20', '2026-11-23')).toBe('Fri 20 Nov')
  const now = at('2026-11-23T15:05:12Z')
  expect(shortTime(at('2026-11-23T13:13:00Z'), 'Europe/Paris', now)).toBe('14:13')
  expect(shortTime(at('2026-11-22T23:30:00Z'), 'Europe/Paris', now)).toBe('00:30')
  expect(shortTime(at('2026-11-22T22:30:00Z'), 'Europe/Paris', now)).toBe('Sun 22 Nov, 23:30')
  expect(clock(now, 'Europe/Paris')).toBe('16:05:12')
  expect(['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata'].map((z) => zoneLabel(z, now))).toEqual([
    'UTC',
    'Europe/Paris (UTC+1)',
    'America/New_York (UTC−5)',
    'Asia/Kolkata (UTC+5:30)',
  ])
})
