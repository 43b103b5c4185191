import { expect, test } from 'vitest'
import { almostEqual, parseHistogram } from '../script/values.ts'
import { fractionOfHistogram, quantileOfHistogram, varianceOfHistogram } from './quantile.ts'

const h = (text: string) => parseHistogram(text).histogram
const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const total = (terms: number[]) => terms.reduce((a, b) => a + b, 0)

test.each([
  ['the middle of one bucket, on a logarithmic scale', 0.5, 'count:2 sum:3 offset:1 buckets:[2]', Math.SQRT2],
  ['a bucket below zero', 0.5, 'count:2 sum:-3 n_offset:1 n_buckets:[2]', -Math.SQRT2],
  ['the zero bucket alone, linearly', 0.75, 'count:4 sum:0 z_bucket:4 z_bucket_w:1', 0.5],
  ['a zero bucket with buckets above it starts at zero', 0.25, 'count:4 sum:3 z_bucket:2 z_bucket_w:1 offset:1 buckets:[2]', 0.5],
  ['custom buckets, linearly', 0.5, 'schema:-53 count:4 sum:6 custom_values:[1 3] buckets:[1 2 1]', 2],
  ['the first custom bucket starts at zero', 0.5, 'schema:-53 count:4 sum:2 custom_values:[1 3] buckets:[4]', 0.5],
  ['the last custom bucket has only its lower bound', 0.99, 'schema:-53 count:4 sum:20 custom_values:[1 3] buckets:[0 0 4]', 3],
  ['the lowest', 0, 'count:4 sum:9 offset:1 buckets:[2 2]', 1],
  ['the highest', 1, 'count:4 sum:9 offset:1 buckets:[2 2]', 4],
  ['below the range', -0.1, 'count:1 buckets:[1]', -inf],
  ['above the range', 1.1, 'count:1 buckets:[1]', inf],
  ['no number', nan, 'count:1 buckets:[1]', nan],
  ['no observations', 0.5, '', nan],
])('quantile: %s', (_, q, text, value) => {
  expect(almostEqual(quantileOfHistogram(q, h(text)).value, value)).toBe(true)
})

test('NaN observations are above all others, and their effect is told', () => {
  const skewed = h('count:4 sum:NaN offset:1 buckets:[2]')
  expect(quantileOfHistogram(0.25, skewed)).toEqual({ value: Math.SQRT2, nan: 'skewed' })
  expect(quantileOfHistogram(0.9, skewed)).toEqual({ value: nan, nan: 'result-nan' })
})

test.each([
  ['all of it', -inf, inf, 'count:4 sum:9 offset:1 buckets:[2 2]', 1],
  ['one of two buckets', 1, 2, 'count:4 sum:9 offset:1 buckets:[2 2]', 0.5],
  ['half a bucket on a logarithmic scale', 1, Math.SQRT2, 'count:4 sum:9 offset:1 buckets:[2 2]', 0.25],
  ['a quarter of the zero bucket', 0, 0.5, 'count:4 z_bucket:4 z_bucket_w:1', 0.25],
  ['custom buckets', 0, 2, 'schema:-53 count:4 sum:6 custom_values:[1 3] buckets:[1 2 1]', 0.5],
  ['nothing between equal bounds', 1, 1, 'count:4 offset:1 buckets:[4]', 0],
  ['no number', nan, 1, 'count:4 offset:1 buckets:[4]', nan],
])('fraction: %s', (_, lower, upper, text, value) => {
  expect(almostEqual(fractionOfHistogram(lower, upper, h(text)).value, value)).toBe(true)
})

test('NaN observations are in no fraction', () => {
  expect(fractionOfHistogram(-inf, inf, h('count:4 sum:NaN offset:1 buckets:[2]'))).toEqual({ value: 0.5, nanExcluded: true })
})

test('the variance takes observations to lie in the middle of their bucket', () => {
  expect(varianceOfHistogram(h('schema:-53 count:2 sum:4 custom_values:[1 3 5] buckets:[0 1 1]'), total)).toBe(2)
  expect(varianceOfHistogram(h('count:1 sum:1.4142135623730951 offset:1 buckets:[1]'), total)).toBeCloseTo(0, 15)
})
