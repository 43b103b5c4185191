import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_boolean } from './is_boolean.ts'

test.each([
  ['is_boolean(false)', 'true'],
  ['is_boolean("false")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_boolean], source)).toBe(expected)
})
