import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { arrayFunction } from './array.ts'

test.each([
  ['array!(.list)', '[1,2]'],
  ['array!(.text)', 'error: expected array, got string'],
])('%s', (source, expected) => {
  expect(evaluate([arrayFunction], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(
    expected,
  )
})
