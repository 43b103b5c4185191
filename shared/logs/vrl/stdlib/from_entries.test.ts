import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { from_entries } from './from_entries.ts'

test.each([
  ['from_entries!([["a", 1]])', 'error: expected object, got [string, integer]'],
  ['from_entries!([{ "key": "a", "value": 1 }])', '{"a":1}'],
])('%s', (source, expected) => {
  expect(evaluate([from_entries], source)).toBe(expected)
})
