import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_null } from './is_null.ts'

test.each([
  ['is_null(null)', 'true'],
  ['is_null(.missing)', 'true'],
  ['is_null("")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_null], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
