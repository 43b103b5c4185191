import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { del } from './del.ts'

test.each([
  ['del(.text)', '"abc"'],
  ['x = { "a": 1, "b": 2 }; del(x.a); x', '{"b":2}'],
  ['x = { "a": { "b": 1 } }; del(x.a.b, compact: true); x', '{}'],
  ['del(.missing)', 'null'],
])('%s', (source, expected) => {
  expect(evaluate([del], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
