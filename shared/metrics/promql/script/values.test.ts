import { expect, test } from 'vitest'
import { describeHistogram } from '../histogram/text.ts'
import { almostEqual, almostEqualHistogram, parseHistogram, parseValues } from './values.ts'

const f = (text: string) =>
  parseValues(text).map((v) => {
    if (v === null) return '_'
    if (v === 'stale') return v
    return 'float' in v ? v.float : describeHistogram(v.histogram)
  })

test.each([
  ['1 -2.5 1e3', [1, -2.5, 1000]],
  ['0+10x3', [0, 10, 20, 30]],
  ['5-1x2', [5, 4, 3]],
  ['7x2', [7, 7, 7]],
  ['_ _x2 1', ['_', '_', '_', 1]],
  ['stale stalex1', ['stale', 'stale', 'stale']],
  ['NaN Inf -Inf', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ['{{count:1}} 2', ['{{count:1}}', 2]],
  ['{{count:1}}x1', ['{{count:1}}', '{{count:1}}']],
  ['{{count:1 buckets:[1]}}+{{count:2 buckets:[2]}}x1', ['{{count:1 buckets:[1]}}', '{{count:3 buckets:[3]}}']],
])('%s', (text, values) => {
  expect(f(text)).toEqual(values)
})

test.each(['1+', '1+2', 'abc', '{{count}}', '{{count:x}}'])('%s is no value', (text) => {
  expect(() => parseValues(text)).toThrow(/not understood/)
})

test.each([
  [1, 1 + 1e-7, true],
  [1, 1 + 1e-5, false],
  [Number.NaN, Number.NaN, true],
  [Number.NaN, 1, false],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false],
  [0, 1e-300, false],
  [0, -0, true],
])('%s and %s are close: %s', (a, b, close) => {
  expect(almostEqual(a, b)).toBe(close)
})

test('a reset hint counts only where one is written', () => {
  const h = (text: string) => parseHistogram(text).histogram
  expect(almostEqualHistogram(h('count:1 counter_reset_hint:gauge'), h('count:1'), false)).toBe(true)
  expect(almostEqualHistogram(h('count:1 counter_reset_hint:gauge'), h('count:1'), true)).toBe(false)
  expect(almostEqualHistogram(h('buckets:[1 0]'), h('buckets:[1]'), true)).toBe(true)
})
