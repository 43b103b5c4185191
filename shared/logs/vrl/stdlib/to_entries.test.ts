import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_entries } from './to_entries.ts'

test.each([
  ['to_entries({ "b": 1, "a": 2 })', '[{"key":"a","value":2},{"key":"b","value":1}]'],
  ['to_entries(["x"])', '[{"key":0,"value":"x"}]'],
])('%s', (source, expected) => {
  expect(evaluate([to_entries], source)).toBe(expected)
})
