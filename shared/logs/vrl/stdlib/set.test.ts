import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { set } from './set.ts'

test.each([
  ['set!({ "a": { "b": 1 } }, ["a", "c"], 2)', '{"a":{"b":1,"c":2}}'],
  ['set!([], [2], "x")', '[null,null,"x"]'],
  ['set!({}, ["a", 0, "b"], 1)', '{"a":[{"b":1}]}'],
])('%s', (source, expected) => {
  expect(evaluate([set], source)).toBe(expected)
})
