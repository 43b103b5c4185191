import { expect, test } from 'vitest'
import { daysFrom, fromLocal, instantAt, mondayOf, place, toLocal } from './days.ts'

const t = (text: string) => Date.parse(text)
const now = t('2026-03-28T12:00:00Z')

test('two weeks begin on the Monday of the day asked for, or of today', () => {
  expect(mondayOf('', 'Europe/Paris', now)).toBe('2026-03-23')
  expect(mondayOf('2026-04-01', 'Europe/Paris', now)).toBe('2026-03-30')
  expect(mondayOf('2026-13-45', 'Europe/Paris', now)).toBe('2026-03-23')
})

const days = daysFrom('2026-03-23', '2w', 'Europe/Paris', now)
test('the day the clocks change is 23 h long and as wide as any', () => {
  expect(days).toHaveLength(14)
  expect(days[6]).toMatchObject({ weekday: 'Sun', date: 29, isWeekend: true })
  expect(days[6]!.to - days[6]!.from).toBe(23 * 3_600_000)
  expect(days[5]!.isToday).toBe(true)
  const one = place(days, days[6]!.from, days[6]!.to)!
  expect(one.left).toBeCloseTo(600 / 14, 6)
  expect(one.width).toBeCloseTo(100 / 14, 6)
})

test('what lies outside has no place, what reaches out is cut', () => {
  expect(place(days, t('2026-05-01T00:00:00Z'), t('2026-05-02T00:00:00Z'))).toBeNull()
  expect(place(days, t('2026-03-01T00:00:00Z'), days[0]!.to)).toEqual({ left: 0, width: 100 / 14 })
})

test('a place of the grid is an instant to the half hour', () => {
  expect(instantAt(days, 0)).toBe(days[0]!.from)
  expect(instantAt(days, 0.5 / 14)).toBe(days[0]!.from + 12 * 3_600_000)
  expect(instantAt(days, 2)).toBe(days[13]!.to)
})

test('a time of a date field is read on the wall clock of the zone', () => {
  expect(toLocal(t('2026-03-29T07:00:00Z'), 'Europe/Paris')).toBe('2026-03-29T09:00')
  expect(fromLocal('2026-03-29T09:00', 'Europe/Paris')).toBe(t('2026-03-29T07:00:00Z'))
  expect(fromLocal('', 'Europe/Paris')).toBeNull()
})
