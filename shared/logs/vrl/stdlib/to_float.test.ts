import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_float } from './to_float.ts'

test.each([
  ['to_float!("1e3")', '1000.0'],
  ['to_float(true)', '1.0'],
  ['to_float!("x")', 'error: Invalid floating point number "x": invalid float literal'],
  [`to_float(t'1970-01-01T00:00:01.5Z')`, '1.5'],
])('%s', (source, expected) => {
  expect(evaluate([to_float], source)).toBe(expected)
})
