import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_float } from './parse_float.ts'

test.each([
  ['parse_float!("-1.5e3")', '-1500.0'],
  ['parse_float!("x")', 'error: Invalid floating point number "x": invalid float literal'],
])('%s', (source, expected) => {
  expect(evaluate([parse_float], source)).toBe(expected)
})
