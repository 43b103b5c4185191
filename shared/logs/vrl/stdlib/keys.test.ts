import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { keys } from './keys.ts'

test.each([
  ['keys({ "b": 1, "a": 2 })', '["a","b"]'],
  ['keys({})', '[]'],
])('%s', (source, expected) => {
  expect(evaluate([keys], source)).toBe(expected)
})
