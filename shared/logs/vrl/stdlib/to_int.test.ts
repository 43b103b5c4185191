import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_int } from './to_int.ts'

test.each([
  ['to_int!("-42")', '-42'],
  ['to_int(7.9)', '7'],
  ['to_int!("7.5")', 'error: Invalid integer "7.5": invalid digit found in string'],
  ['to_int(null)', '0'],
  ['to_int!("9223372036854775808")', 'error: Invalid integer "9223372036854775808": number too large to fit in target type'],
])('%s', (source, expected) => {
  expect(evaluate([to_int], source)).toBe(expected)
})
