import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { flatten } from './flatten.ts'

test.each([
  ['flatten({ "a": { "b": 1, "c": { "d": 2 } } })', '{"a.b":1,"a.c.d":2}'],
  ['flatten([1, [2, [3, [4]]]])', '[1,2,3,4]'],
  ['flatten({ "a": { "b": 1 } }, separator: "_")', '{"a_b":1}'],
  ['flatten({ "a": {}, "b": [] })', '{"b":[]}'],
])('%s', (source, expected) => {
  expect(evaluate([flatten], source)).toBe(expected)
})
