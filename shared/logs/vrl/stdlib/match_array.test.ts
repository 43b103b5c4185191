import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match_array } from './match_array.ts'

test.each([
  [`match_array(["a1", "b"], r'\\d')`, 'true'],
  [`match_array(["a1", "b"], r'\\d', all: true)`, 'false'],
  [`match_array([], r'x', all: true)`, 'true'],
])('%s', (source, expected) => {
  expect(evaluate([match_array], source)).toBe(expected)
})
