import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { exists } from './exists.ts'

test.each([
  ['exists(.text)', 'true'],
  ['exists(.missing)', 'false'],
  ['exists(.list[7])', 'false'],
  ['exists(.object."a b")', 'true'],
])('%s', (source, expected) => {
  expect(evaluate([exists], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
