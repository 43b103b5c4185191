import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { floatFunction } from './float.ts'

test.each([
  ['float!(.ratio)', '0.5'],
  ['float!(.n)', 'error: expected float, got integer'],
])('%s', (source, expected) => {
  expect(evaluate([floatFunction], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(
    expected,
  )
})
