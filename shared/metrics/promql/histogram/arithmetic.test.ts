import { describe, expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { add, addCompensated, finishSum, hasOverflow, startSum, subtract } from './arithmetic.ts'
import { describeHistogram } from './text.ts'

const h = (text: string) => parseHistogram(text).histogram
const text = (combined: ReturnType<typeof add>) => combined && describeHistogram(combined.histogram)

test('adds and subtracts bucket by bucket', () => {
  const a = h('count:6 sum:9 z_bucket:1 z_bucket_w:0.5 buckets:[1 2] n_buckets:[2]')
  const b = h('count:3 sum:4 z_bucket_w:0.5 offset:1 buckets:[1 2]')
  expect(text(add(a, b))).toBe('{{count:9 sum:13 z_bucket:1 z_bucket_w:0.5 buckets:[1 3 2] n_buckets:[2]}}')
  expect(text(subtract(a, b))).toBe('{{count:3 sum:5 z_bucket:1 z_bucket_w:0.5 buckets:[1 1 -2] n_buckets:[2]}}')
})

test('exponential and custom buckets have nothing in common', () => {
  expect(add(h('buckets:[1]'), h('schema:-53 custom_values:[1] buckets:[1]'))).toBeNull()
})

describe('reset hints', () => {
  const hinted = (hint: string) => h(`count:1 counter_reset_hint:${hint}`)
  test.each([
    ['gauge', 'gauge', 'gauge', false],
    ['gauge', 'reset', 'gauge', false],
    ['reset', 'reset', 'reset', false],
    ['unknown', 'not_reset', 'unknown', false],
    ['reset', 'not_reset', 'unknown', true],
    ['not_reset', 'reset', 'unknown', true],
  ])('%s and %s give %s, a contradiction: %s', (a, b, hint, collision) => {
    const sum = add(hinted(a), hinted(b))
    expect([sum?.histogram.hint, sum?.collision]).toEqual([hint, collision])
  })
})

test('a compensated sum keeps what a plain one loses', () => {
  let total = startSum(h('count:1e100 sum:1e100 buckets:[1e100]'))
  for (const term of ['count:1 sum:1 buckets:[1]', 'count:-1e100 sum:-1e100 buckets:[-1e100]']) {
    total = addCompensated(total, h(term))?.total ?? total
  }
  expect(describeHistogram(finishSum(total))).toBe('{{count:1 sum:1 buckets:[1]}}')
})

test('overflow shows in any part', () => {
  expect([hasOverflow(h('count:1 buckets:[1]')), hasOverflow(h('count:1 buckets:[Inf]')), hasOverflow(h('sum:-Inf'))]).toEqual([
    false,
    true,
    true,
  ])
})
