import { expect, test } from 'vitest'
import { clockChanges, daysFrom, fromLocal, instantAt, mondayOf, place, toLocal } from './days.ts'

const t = (text: string) => Date.parse(text)
const now = t('2026-03-28T12:00:00Z')

test('two weeks begin on the Monday of the day asked for, or of today', () => {
  expect(mondayOf('', 'Europe/Paris', now)).toBe('2026-03-23')
  expect(mondayOf('2026-04-01', 'Europe/Paris', now)).toBe('2026-03-30')
  expect(mondayOf('2026-13-45', 'Europe/Paris', now)).toBe('2026-03-23')
})

const days = daysFrom('2026-03-23', '2w', 'Europe/Paris', now)
const hours = 13 * 24 + 23
test('the day the clocks change is 23 h long and as wide as its hours', () => {
  expect(days).toHaveLength(14)
  expect(days[6]).toMatchObject({ weekday: 'Sun', date: 29, isWeekend: true, month: null })
  expect(days[6]!.to - days[6]!.from).toBe(23 * 3_600_000)
  expect(days[5]!.isToday).toBe(true)
  expect(days.map((d) => d.month).filter(Boolean)).toEqual(['Mar', 'Apr'])
  const one = place(days, days[6]!.from, days[6]!.to)!
  expect(one.left).toBeCloseTo((100 * 6 * 24) / hours, 6)
  expect(one.width).toBeCloseTo((100 * 23) / hours, 6)
})

test('each change of the clocks is found, of a grid', () => {
  expect(clockChanges(days, 'Europe/Paris')).toEqual([{ at: t('2026-03-29T01:00:00Z'), forwardMs: 3_600_000 }])
  expect(clockChanges(daysFrom('2026-10-19', '2w', 'Europe/Paris', now), 'Europe/Paris')).toEqual([
    { at: t('2026-10-25T01:00:00Z'), forwardMs: -3_600_000 },
  ])
  expect(clockChanges(daysFrom('2026-06-01', 'month', 'Europe/Paris', now), 'Europe/Paris')).toEqual([])
  // Morocco goes back before Ramadan and forward after it
  expect(clockChanges(daysFrom('2026-02-09', 'month', 'Africa/Casablanca', now), 'Africa/Casablanca').length).toBeGreaterThan(0)
})

test('what lies outside has no place, what reaches out is cut', () => {
  expect(place(days, t('2026-05-01T00:00:00Z'), t('2026-05-02T00:00:00Z'))).toBeNull()
  expect(place(days, t('2026-03-01T00:00:00Z'), days[0]!.to)).toEqual({ left: 0, width: (100 * 24) / hours })
})

test('a place of the grid is an instant to the half hour, on the clock of its day', () => {
  expect(instantAt(days, 0)).toBe(days[0]!.from)
  expect(instantAt(days, 12.1 / hours)).toBe(days[0]!.from + 12 * 3_600_000)
  expect(instantAt(days, (7 * 24 - 1 + 9.2) / hours)).toBe(t('2026-03-30T07:00:00Z'))
  expect(instantAt(days, 2)).toBe(days[13]!.to)
})

test('a time of a date field is read on the wall clock of the zone', () => {
  expect(toLocal(t('2026-03-29T07:00:00Z'), 'Europe/Paris')).toBe('2026-03-29T09:00')
  expect(fromLocal('2026-03-29T09:00', 'Europe/Paris')).toBe(t('2026-03-29T07:00:00Z'))
  expect(fromLocal('', 'Europe/Paris')).toBeNull()
})
