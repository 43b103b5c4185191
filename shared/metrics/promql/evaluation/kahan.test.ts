import { expect, test } from 'vitest'
import { kahanAdd } from './kahan.ts'

const sum = (terms: number[]) => {
  let [total, rest] = [0, 0]
  for (const term of terms) [total, rest] = kahanAdd(term, total, rest)
  return total + rest
}

test('keeps what a plain sum loses', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2)
  expect(sum(Array(10).fill(0.1))).toBe(1)
})

test('an infinite sum has no compensation', () => {
  expect(sum([1, Number.POSITIVE_INFINITY, 1])).toBe(Number.POSITIVE_INFINITY)
  expect(sum([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.POSITIVE_INFINITY)
  expect(sum([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(Number.NaN)
})
