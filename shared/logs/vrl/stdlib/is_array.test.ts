import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_array } from './is_array.ts'

test.each([
  ['is_array([])', 'true'],
  ['is_array({})', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_array], source)).toBe(expected)
})
