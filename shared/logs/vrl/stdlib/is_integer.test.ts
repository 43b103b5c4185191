import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_integer } from './is_integer.ts'

test.each([
  ['is_integer(1)', 'true'],
  ['is_integer(1.0)', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_integer], source)).toBe(expected)
})
