import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { getFunction } from './get.ts'

test.each([
  ['get!({ "a": [1, { "b": 2 }] }, ["a", 1, "b"])', '2'],
  ['get!([1, 2], [-1])', '2'],
  ['get!({}, ["a", "b"])', 'null'],
  ['get!({ "a": 1 }, [true])', 'error: path segment must be either string or integer, not boolean'],
])('%s', (source, expected) => {
  expect(evaluate([getFunction], source)).toBe(expected)
})
