import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_string } from './is_string.ts'

test.each([
  ['is_string("")', 'true'],
  ['is_string(1)', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_string], source)).toBe(expected)
})
