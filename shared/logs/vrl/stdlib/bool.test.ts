import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { bool } from './bool.ts'

test.each([
  ['bool!(true)', 'true'],
  ['bool!(.text)', 'error: expected boolean, got string'],
])('%s', (source, expected) => {
  expect(evaluate([bool], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
