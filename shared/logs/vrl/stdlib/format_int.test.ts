import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { format_int } from './format_int.ts'

test.each([
  ['format_int!(255, 16)', '"ff"'],
  ['format_int!(-5, 2)', '"-101"'],
  ['format_int!(35, 36)', '"z"'],
  ['format_int!(1, 40)', 'error: invalid base 40: must be be between 2 and 36 (inclusive)'],
])('%s', (source, expected) => {
  expect(evaluate([format_int], source)).toBe(expected)
})
