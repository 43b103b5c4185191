import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile } from './quantile.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number

test.each([
  [0.5, [3, 1, 2], 2],
  [0.5, [4, 1, 3, 2], 2.5],
  [0.25, [1, 2, 3], 1.5],
  [0, [3, 1, 2], 1],
  [1, [3, 1, 2], 3],
  [0.5, [7], 7],
  [0.5, [], nan],
  [nan, [1], nan],
  [-0.1, [1], -inf],
  [1.1, [1], inf],
  [0, [1, nan], nan],
  [1, [1, nan], 1],
  [0.5, [nan, nan, 5], nan],
  [1, [nan, nan, 5], 5],
  [0.75, [2, nan, 5, 1, nan], 2],
  [1, [1, inf], inf],
  [0, [1, -inf], -inf],
])('the %s-quantile of %j is %s', (phi, values, expected) => {
  expect(quantile(phi, Float64Array.from(values), values.length)).toBe(expected)
})

test('selecting finds what sorting finds', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(nan)), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, phi) => {
      const sorted = [...given].sort((a, b) => (Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b))
      const rank = phi * (given.length - 1)
      const at = Math.floor(rank)
      const expected = (sorted[at] as number) * (1 - (rank - at)) + (sorted[Math.min(at + 1, given.length - 1)] as number) * (rank - at)
      expect(quantile(phi, Float64Array.from(given), given.length)).toBe(expected)
    }),
    { seed: 7, numRuns: 500 },
  )
})

test('many values are sorted', () => {
  const shuffled = Float64Array.from({ length: 5001 }, (_, i) => (i * 7919) % 5001)
  expect(quantile(0.9, shuffled, 5001)).toBe(4500)
})
