import { expect, test } from 'vitest'
import { bucketFraction, bucketQuantile, parseBound } from './classic.ts'
import { fromClassic } from './nhcb.ts'
import { describeHistogram } from './text.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
/** Cumulative counts by upper bound. */
const buckets = (...pairs: [upper: number, count: number][]) => pairs.map(([upper, count]) => ({ upper, count }))
const usual = buckets([1, 2], [2, 6], [inf, 8])

test.each([
  [0.5, usual, 1.5],
  [0, usual, 0],
  [0.25, usual, 1],
  [0.99, usual, 2],
  [-1, usual, -inf],
  [2, usual, inf],
  [nan, usual, nan],
  [0.5, buckets([1, 2], [2, 6]), nan],
  [0.5, buckets([inf, 6]), nan],
  [0.5, buckets([1, 0], [inf, 0]), nan],
  [0.5, buckets([-2, 4], [inf, 4]), -2],
  [0.5, buckets([inf, 8], [2, 3], [1, 2], [2, 3]), 1.5],
])('the %s-quantile of %j is %s', (q, given, value) => {
  expect(bucketQuantile(q, given).value).toBe(value)
})

test('counts that fall with the bound are raised, and the raise is told', () => {
  expect(bucketQuantile(0.5, buckets([1, 4], [2, 3], [inf, 8]))).toEqual({ value: 1, mended: { minBucket: 2, maxBucket: 2, maxDiff: 1 } })
})

test('rounding noise is mended in silence', () => {
  expect(bucketQuantile(0.5, buckets([1, 4], [2, 4 - 1e-13], [inf, 8])).mended).toBeNull()
})

test.each([
  [0, 1, 0.25],
  [1, 1.5, 0.25],
  [-inf, inf, 1],
  [3, 4, 0],
  [2, 1, 0],
  [nan, 1, nan],
])('between %s and %s lies %s of the observations', (lower, upper, value) => {
  expect(bucketFraction(lower, upper, usual)).toBe(value)
})

test.each([
  ['1', 1],
  ['1e-3', 0.001],
  ['+Inf', inf],
  ['', null],
  ['a', null],
])('le="%s" is %s', (le, bound) => {
  expect(parseBound(le)).toBe(bound)
})

test('a classic histogram becomes a native one with the same bounds', () => {
  const native = fromClassic({ buckets: usual, count: 8, sum: 12 })
  expect(native && describeHistogram(native)).toBe('{{schema:-53 count:8 sum:12 custom_values:[1 2] buckets:[2 4 2]}}')
  expect(fromClassic({ buckets: buckets([1, 2]), count: 5, sum: null })?.count).toBe(5)
  expect(fromClassic({ buckets: buckets([1, 2], [2, 1]), count: 2, sum: 1 })).toBeNull()
  expect(fromClassic({ buckets: usual, count: 7, sum: 1 })).toBeNull()
})
