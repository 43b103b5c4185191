import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { objectFunction } from './object.ts'

test.each([
  ['object!(.object)', '{"a b":null}'],
  ['object!(.text)', 'error: expected object, got string'],
])('%s', (source, expected) => {
  expect(evaluate([objectFunction], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(
    expected,
  )
})
