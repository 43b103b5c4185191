import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { for_each } from './for_each.ts'
import { push } from './push.ts'

test.each([
  ['total = 0; for_each([1, 2, 3]) -> |_i, v| { total = total + v }; total', '6'],
  ['names = []; for_each({ "b": 1, "a": 2 }) -> |k, _v| { names = push(names, k) }; names', '["a","b"]'],
])('%s', (source, expected) => {
  expect(evaluate([for_each, push], source)).toBe(expected)
})
