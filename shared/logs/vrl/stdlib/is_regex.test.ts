import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_regex } from './is_regex.ts'

test.each([
  [`is_regex(r'a')`, 'true'],
  ['is_regex("a")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_regex], source)).toBe(expected)
})
