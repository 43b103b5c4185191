import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { object_from_array } from './object_from_array.ts'

test.each([
  ['object_from_array!([["a", 1], ["b", 2]])', '{"a":1,"b":2}'],
  ['object_from_array!([1, 2], keys: ["a", "b"])', '{"a":1,"b":2}'],
])('%s', (source, expected) => {
  expect(evaluate([object_from_array], source)).toBe(expected)
})
