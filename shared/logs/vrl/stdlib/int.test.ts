import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { int } from './int.ts'

test.each([
  ['int!(.n)', '7'],
  ['int!(.ratio)', 'error: expected integer, got float'],
])('%s', (source, expected) => {
  expect(evaluate([int], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
