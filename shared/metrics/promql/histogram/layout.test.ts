import { expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { exponentialBound } from './bounds.ts'
import { align, coarsen, withBounds, zeroCountAt } from './layout.ts'
import { describeHistogram } from './text.ts'

const h = (text: string) => parseHistogram(text).histogram
const aligned = (a: string, b: string) => {
  const both = align(h(a), h(b))
  return both && [describeHistogram(both.a), describeHistogram(both.b), both.boundsReconciled]
}

test('bounds of buckets are powers of two to the last digit of Prometheus’ table, the last finite one is the largest float', () => {
  expect([exponentialBound(0, 0), exponentialBound(2, 0), exponentialBound(3, 8), exponentialBound(1, -1)]).toEqual([
    1, 4, 1.0081558981184175, 4,
  ])
  expect([exponentialBound(1024, 0), exponentialBound(1025, 0)]).toEqual([Number.MAX_VALUE, Number.POSITIVE_INFINITY])
})

test('a coarser schema holds the same observations in fewer buckets', () => {
  expect(describeHistogram(coarsen(h('schema:1 count:10 offset:-1 buckets:[1 2 3 4] n_buckets:[5 6]'), 0))).toBe(
    '{{count:10 buckets:[3 7] n_buckets:[5 6]}}',
  )
})

test('custom buckets merge up to a bound both have', () => {
  expect(describeHistogram(withBounds(h('schema:-53 count:10 custom_values:[1 2 5] buckets:[1 2 3 4]'), [2]))).toBe(
    '{{schema:-53 count:10 custom_values:[2] buckets:[3 7]}}',
  )
})

test('two histograms meet in the coarser schema and the wider zero bucket', () => {
  expect(aligned('schema:1 buckets:[1 1 1]', 'buckets:[1]')).toEqual(['{{buckets:[1 2]}}', '{{buckets:[1]}}', false])
  expect(aligned('z_bucket:1 z_bucket_w:1 buckets:[0 1]', 'z_bucket:2 z_bucket_w:0.5 buckets:[3 4]')).toEqual([
    '{{z_bucket:1 z_bucket_w:1 buckets:[0 1]}}',
    '{{z_bucket:5 z_bucket_w:1 offset:1 buckets:[4]}}',
    false,
  ])
  expect(aligned('schema:-53 custom_values:[1 2] buckets:[1 2 3]', 'schema:-53 custom_values:[2 3] buckets:[4 5 6]')).toEqual([
    '{{schema:-53 custom_values:[2] buckets:[3 3]}}',
    '{{schema:-53 custom_values:[2] buckets:[4 11]}}',
    true,
  ])
  expect(aligned('buckets:[1]', 'schema:-53 custom_values:[1] buckets:[1]')).toBeNull()
})

test('a zero bucket that would cut a populated bucket grows to its end', () => {
  expect(zeroCountAt(h('z_bucket:1 z_bucket_w:0.1 buckets:[2 3]'), 1.5)).toEqual({ count: 6, threshold: 2 })
  expect(zeroCountAt(h('z_bucket:1 z_bucket_w:0.1 buckets:[2 0 4]'), 1.5)).toEqual({ count: 3, threshold: 1.5 })
  expect(zeroCountAt(h('z_bucket:1 z_bucket_w:0.1 n_buckets:[2 3]'), 1.5)).toEqual({ count: 6, threshold: 2 })
})
