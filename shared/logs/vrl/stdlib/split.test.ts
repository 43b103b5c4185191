import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { split } from './split.ts'

test.each([
  [`split("a, b,c", r',\\s*')`, '["a","b","c"]'],
  ['split("a-b-c", "-", limit: 2)', '["a","b-c"]'],
  ['split("", ",")', '[""]'],
  ['split("abc", "")', '["","a","b","c",""]'],
])('%s', (source, expected) => {
  expect(evaluate([split], source)).toBe(expected)
})
