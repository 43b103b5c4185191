import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { abs } from './abs.ts'

test.each([
  ['abs(-4)', '4'],
  ['abs(-2.5)', '2.5'],
  ['abs(9223372036854775807)', '9223372036854775807'],
])('%s', (source, expected) => {
  expect(evaluate([abs], source)).toBe(expected)
})
