import { expect, test } from 'vitest'
import { stepOf } from './read.ts'

const HOUR = 3_600_000
test.each([
  [HOUR, 100, 60_000],
  [HOUR, 300, 15_000],
  [24 * HOUR, 100, 900_000],
  [30 * 24 * HOUR, 100, 43_200_000],
  [1000, 100, 10],
  [1, 300, 1],
  [400 * 24 * HOUR, 100, 604_800_000],
  [4000 * 24 * HOUR, 100, 3_456_000_000],
])('%i ms in at most %i bars: a bar is %i ms', (length, buckets, step) => {
  expect(stepOf(0, length, buckets)).toBe(step)
  expect(length / step).toBeLessThanOrEqual(buckets)
})
