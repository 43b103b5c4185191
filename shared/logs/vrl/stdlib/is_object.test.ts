import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_object } from './is_object.ts'

test.each([
  ['is_object({})', 'true'],
  ['is_object([])', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_object], source)).toBe(expected)
})
