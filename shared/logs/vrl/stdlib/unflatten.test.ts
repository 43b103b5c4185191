import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { unflatten } from './unflatten.ts'

test.each([
  ['unflatten({ "a.b": 1, "a.c.d": 2 })', '{"a":{"b":1,"c":{"d":2}}}'],
  ['unflatten({ "a_b": 1 }, separator: "_")', '{"a":{"b":1}}'],
  ['unflatten({ "a": { "b.c": 1 } }, recursive: false)', '{"a":{"b.c":1}}'],
])('%s', (source, expected) => {
  expect(evaluate([unflatten], source)).toBe(expected)
})
