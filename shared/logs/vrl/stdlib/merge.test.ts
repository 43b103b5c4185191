import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { mergeFunction } from './merge.ts'

test.each([
  ['merge({ "a": { "x": 1 }, "b": 1 }, { "a": { "y": 2 } })', '{"a":{"y":2},"b":1}'],
  ['merge({ "a": { "x": 1 }, "b": 1 }, { "a": { "y": 2 } }, deep: true)', '{"a":{"x":1,"y":2},"b":1}'],
])('%s', (source, expected) => {
  expect(evaluate([mergeFunction], source)).toBe(expected)
})
