import { expect, test } from 'vitest'
import { alone, clockSteps, columns, linePath, peaks, ticks } from './scale.ts'

test('ticks are round, begin at 0, cover the maximum, and are 4 to 7', () => {
  expect(ticks(1204)).toEqual([0, 250, 500, 750, 1000, 1250])
  expect(ticks(0)).toEqual([0, 1])
  for (const max of [0.3, 1, 7, 42, 99, 101, 318, 5_000, 15_000, 123_456]) {
    const t = ticks(max)
    expect(t[0]).toBe(0)
    expect(t.at(-1)!).toBeGreaterThanOrEqual(max)
    expect(t.length).toBeGreaterThanOrEqual(4)
    expect(t.length).toBeLessThanOrEqual(7)
  }
})

test('a gap is a gap: the line starts anew after it', () => {
  expect(linePath([0, 10, null, 10], 30, 10)).toBe('M0.0 10.0L10.0 0.0M30.0 0.0')
})

test('an empty or flat series draws without NaN', () => {
  expect(linePath([], 30, 10)).toBe('')
  expect(linePath([5], 30, 10)).toBe('M0.0 0.0')
  expect(linePath([0, 0], 30, 10)).not.toContain('NaN')
})

test('downsampling keeps the peak and the holes', () => {
  const values: (number | null)[] = new Array(1000).fill(1)
  values[517] = 99
  values.fill(null, 200, 300)
  const few = peaks(values, 50)
  expect(few).toHaveLength(50)
  expect(Math.max(...few.map((v) => v ?? 0))).toBe(99)
  expect(few.slice(10, 15)).toEqual([null, null, null, null, null])
})

test('series of different instants share one axis, and a hole of the axis breaks every line', () => {
  const a = {
    points: [
      { at: 0, value: 1 },
      { at: 1000, value: 2 },
      { at: 9000, value: 3 },
    ],
  }
  const b = { points: [{ at: 1000, value: 5 }] }
  expect(columns([a, b], 1000)).toEqual([
    [0, 1, 2, 9],
    [1, 2, null, 3],
    [null, 5, null, null],
  ])
})

test('what no line reaches has a point of its own', () => {
  expect(alone([1, null, 2, 3, null, 4])).toEqual([0, 5])
  expect(alone([7])).toEqual([0])
  expect(alone([null, undefined])).toEqual([])
})

test('axis labels stand on round times of the zone', () => {
  const from = Date.parse('2026-11-23T07:32:00Z') / 1000
  const steps = clockSteps(from, from + 6 * 3600, 760, 110, 3600)
  expect(steps[0]! % 3600).toBe(0)
  expect(steps.length).toBe(6)
  // a zone of half hours: its full hours, not UTC's
  expect((clockSteps(from, from + 6 * 3600, 760, 110, 19_800)[0]! + 19_800) % 3600).toBe(0)
})
