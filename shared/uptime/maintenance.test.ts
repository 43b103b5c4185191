import { describe, expect, test } from 'vitest'
import { weekdays } from './attributes.ts'
import { maintenanceAt, type Window } from './maintenance.ts'

const paris = (from: string, to: string, days: Window['days'] = weekdays): Window => ({ from, to, zone: 'Europe/Paris', days })
const f = (w: Window, at: string) => {
  const { open, changesAt } = maintenanceAt(w, Date.parse(at))
  return [open, changesAt === null ? null : new Date(changesAt).toISOString().replace('.000Z', 'Z')]
}

test('a window is open from its beginning, not at its end, on its days only', () => {
  const tuesday = paris('02:00', '03:00:00', ['tue'])
  expect(f(tuesday, '2026-11-24T00:59:59.999Z')).toEqual([false, '2026-11-24T01:00:00Z'])
  expect(f(tuesday, '2026-11-24T01:00:00Z')).toEqual([true, '2026-11-24T02:00:00Z'])
  expect(f(tuesday, '2026-11-24T01:59:59.999Z')).toEqual([true, '2026-11-24T02:00:00Z'])
  expect(f(tuesday, '2026-11-24T02:00:00Z')).toEqual([false, '2026-12-01T01:00:00Z'])
  expect(f(tuesday, '2026-11-25T01:30:00Z')).toEqual([false, '2026-12-01T01:00:00Z'])
})

test('a window that crosses midnight belongs to the day it begins on', () => {
  const night = paris('23:00', '01:00', ['fri'])
  expect(f(night, '2026-11-27T21:59:00Z')).toEqual([false, '2026-11-27T22:00:00Z'])
  expect(f(night, '2026-11-27T23:30:00Z')).toEqual([true, '2026-11-28T00:00:00Z'])
  expect(f(night, '2026-11-28T22:30:00Z')).toEqual([false, '2026-12-04T22:00:00Z'])
})

test('no window is never open', () => {
  expect(f({ from: null, to: null, zone: 'UTC', days: weekdays }, '2026-11-24T01:00:00Z')).toEqual([false, null])
  expect(f(paris('02:00', '03:00', []), '2026-11-24T01:00:00Z')).toEqual([false, null])
})

describe('when clocks change', () => {
  test('a beginning in the skipped hour is its first existing instant', () => {
    expect(f(paris('02:30', '05:00'), '2026-03-29T00:59:00Z')).toEqual([false, '2026-03-29T01:00:00Z'])
    expect(f(paris('02:30', '05:00'), '2026-03-29T01:00:00Z')).toEqual([true, '2026-03-29T03:00:00Z'])
  })
  test('a window that lies in the skipped hour does not happen that day', () => {
    expect(f(paris('02:00', '03:00'), '2026-03-29T00:30:00Z')).toEqual([false, '2026-03-30T00:00:00Z'])
  })
  test('times in the repeated hour are their first occurrence', () => {
    expect(f(paris('02:30', '04:00'), '2026-10-25T00:30:00Z')).toEqual([true, '2026-10-25T03:00:00Z'])
    expect(f(paris('01:00', '02:30'), '2026-10-25T00:29:59Z')).toEqual([true, '2026-10-25T00:30:00Z'])
    expect(f(paris('01:00', '02:30'), '2026-10-25T00:30:00Z')[0]).toBe(false)
  })
  test('the same wall clock is another instant in summer', () => {
    expect(f(paris('02:00', '03:00'), '2026-07-01T00:00:00Z')).toEqual([true, '2026-07-01T01:00:00Z'])
    expect(f(paris('02:00', '03:00'), '2026-12-01T01:00:00Z')).toEqual([true, '2026-12-01T02:00:00Z'])
  })
})
