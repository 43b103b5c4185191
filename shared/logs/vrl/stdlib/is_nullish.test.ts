import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_nullish } from './is_nullish.ts'

test.each([
  ['is_nullish("  ")', 'true'],
  ['is_nullish("-")', 'true'],
  ['is_nullish(null)', 'true'],
  ['is_nullish("--")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_nullish], source)).toBe(expected)
})
