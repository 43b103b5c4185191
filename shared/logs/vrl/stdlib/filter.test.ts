import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { filter } from './filter.ts'

test.each([
  ['filter([1, 2, 3, 4]) -> |_i, v| { v > 2 }', '[3,4]'],
  ['filter({ "a": 1, "b": 2 }) -> |k, _v| { k == "b" }', '{"b":2}'],
])('%s', (source, expected) => {
  expect(evaluate([filter], source)).toBe(expected)
})
