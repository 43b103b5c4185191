import { expect, test } from 'vitest'
import { place, ruler } from './ruler.ts'

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
