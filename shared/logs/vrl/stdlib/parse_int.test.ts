import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_int } from './parse_int.ts'

test.each([
  ['parse_int!("0x2A")', '42'],
  ['parse_int!("-101", base: 2)', '-5'],
  ['parse_int!("0b12")', 'error: could not parse integer: invalid digit found in string'],
  ['parse_int!("z", base: 36)', '35'],
])('%s', (source, expected) => {
  expect(evaluate([parse_int], source)).toBe(expected)
})
