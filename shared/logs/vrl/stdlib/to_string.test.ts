import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_string } from './to_string.ts'

test.each([
  ['to_string(1.0)', '"1.0"'],
  ['to_string(null)', '""'],
  [`to_string(t'2026-05-05T12:00:00.5Z')`, '"2026-05-05T12:00:00.500Z"'],
  ['to_string!(.list)', 'error: unable to coerce [integer, integer] into string'],
])('%s', (source, expected) => {
  expect(evaluate([to_string], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
