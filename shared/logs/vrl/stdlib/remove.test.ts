import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { removeFunction } from './remove.ts'

test.each([
  ['remove!({ "a": { "b": 1, "c": 2 } }, ["a", "b"])', '{"a":{"c":2}}'],
  ['remove!({ "a": { "b": 1 } }, ["a", "b"], compact: true)', '{}'],
  ['remove!([1, 2, 3], [-1])', '[1,2]'],
])('%s', (source, expected) => {
  expect(evaluate([removeFunction], source)).toBe(expected)
})
