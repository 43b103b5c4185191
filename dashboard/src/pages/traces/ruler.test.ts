import { expect, test } from 'vitest'
import { chosenBy, durationAt, place, roundTimes, ruler } from './ruler.ts'

test('durations stand on whole powers of ten', () => {
  expect(ruler([31, 4020])).toEqual({ low: 10, high: 10_000, ticks: [10, 100, 1000, 10_000] })
  expect(ruler([])).toEqual({ low: 1, high: 1000, ticks: [1, 10, 100, 1000] })
  expect(ruler([100])).toEqual({ low: 100, high: 1000, ticks: [100, 1000] })
  expect(ruler([0, 0.02]).low).toBe(0.01)
  expect(ruler([0.001, 100_000]).ticks.length).toBeLessThanOrEqual(6)
})

test('the foot is the shortest, the top the longest, and nothing leaves the scale', () => {
  const scale = ruler([31, 4020])
  expect(place(10, scale)).toBe(0)
  expect(place(10_000, scale)).toBe(1)
  expect(place(100, scale)).toBeCloseTo(1 / 3)
  expect(place(0, scale)).toBe(0)
  expect(place(1e9, scale)).toBe(1)
})

test('a height stands for the duration that stands there', () => {
  const scale = ruler([31, 4020])
  for (const ms of [10, 31, 500, 10_000]) expect(durationAt(place(ms, scale), scale)).toBeCloseTo(ms, 6)
})

test.each([
  [4020, [0, 1000, 2000, 3000]],
  [520, [0, 200, 400]],
  [12, [0, 5]],
  [0.4, [0, 0.1, 0.2, 0.3]],
  [1000, [0, 500]],
])('the axis of %d ms has %j', (total, expected) => {
  expect(roundTimes(total)).toEqual(expected)
})

const range = { from: 1_000_000, to: 4_600_000 }

const scale = ruler([31, 4020])

test('a box is a time and durations; a tall one is a time only', () => {
  expect(chosenBy({ x0: 0.25, x1: 0.5, y0: 1 / 3, y1: 2 / 3 }, range, scale)).toEqual({
    from: 1_900_000,
    to: 2_800_000,
    minMs: 100,
    maxMs: 1000,
  })
  expect(chosenBy({ x0: 0.25, x1: 0.5, y0: 0.05, y1: 0.95 }, range, scale)).toMatchObject({ minMs: null, maxMs: null })
})

test('a box that touches the top or the foot has no limit there, and a thin one is a second long', () => {
  expect(chosenBy({ x0: 0.5, x1: 0.5, y0: 0.5, y1: 1 }, range, scale)).toMatchObject({ from: 2_800_000, to: 2_801_000, maxMs: null })
  expect(chosenBy({ x0: 0.5, x1: 0.6, y0: 0, y1: 0.5 }, range, scale)).toMatchObject({ minMs: null, maxMs: 316 })
})
