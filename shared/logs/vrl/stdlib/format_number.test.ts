import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { format_number } from './format_number.ts'

test.each([
  ['format_number(1234567.891, scale: 2, decimal_separator: ",", grouping_separator: ".")', '"1.234.567,89"'],
  ['format_number(1234)', '"1234"'],
  ['format_number(-0.5, scale: 0)', '"-0"'],
])('%s', (source, expected) => {
  expect(evaluate([format_number], source)).toBe(expected)
})
