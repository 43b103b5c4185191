import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { string } from './string.ts'

test.each([
  ['string!(.text)', '"abc"'],
  ['string!(.n)', 'error: expected string, got integer'],
])('%s', (source, expected) => {
  expect(evaluate([string], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
