import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { tally } from './tally.ts'

test.each([
  ['tally!(["a", "b", "a"])', '{"a":2,"b":1}'],
  ['tally!([1])', 'error: all values must be strings, found: Integer(1)'],
])('%s', (source, expected) => {
  expect(evaluate([tally], source)).toBe(expected)
})
