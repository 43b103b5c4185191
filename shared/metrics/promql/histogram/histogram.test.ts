import { expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { compact, divide, sameHistogram, sampleWeight, scale } from './histogram.ts'
import { describeHistogram } from './text.ts'

const h = (text: string) => parseHistogram(text).histogram

test('scaling by a negative number makes a gauge', () => {
  const counter = h('count:4 sum:6 counter_reset_hint:reset buckets:[1 3]')
  expect(describeHistogram(scale(counter, 2))).toBe('{{count:8 sum:12 counter_reset_hint:reset buckets:[2 6]}}')
  expect(describeHistogram(scale(counter, -1))).toBe('{{count:-4 sum:-6 counter_reset_hint:gauge buckets:[-1 -3]}}')
})

test('dividing by zero leaves infinities and no buckets', () => {
  expect(describeHistogram(divide(h('count:4 sum:-6 z_bucket:1 z_bucket_w:0.1 buckets:[1 3]'), 0))).toBe(
    '{{count:+Inf sum:-Inf z_bucket:+Inf z_bucket_w:0.1}}',
  )
})

test('compact forgets buckets without observations', () => {
  expect(describeHistogram(compact(h('buckets:[0 1 0 2 0] n_buckets:[0 0]')))).toBe('{{offset:1 buckets:[1 0 2]}}')
})

test.each([
  ['count:1 sum:NaN buckets:[1]', 'count:1 sum:NaN buckets:[1]', true],
  ['count:1 counter_reset_hint:gauge', 'count:1', true],
  ['count:1 buckets:[1 0]', 'count:1 buckets:[1]', false],
  ['schema:1 buckets:[1]', 'buckets:[1]', false],
  ['schema:-53 custom_values:[1]', 'schema:-53 custom_values:[2]', false],
  ['offset:1 buckets:[1]', 'buckets:[1]', false],
])('{{%s}} is {{%s}}: %s', (a, b, same) => {
  expect(sameHistogram(h(a), h(b))).toBe(same)
})

test('weighs more the more buckets it has', () => {
  expect([sampleWeight(h('')), sampleWeight(h('buckets:[1 2] n_buckets:[1]')), sampleWeight(h('schema:-53 custom_values:[1 2]'))]).toEqual([
    11, 14, 12,
  ])
})
