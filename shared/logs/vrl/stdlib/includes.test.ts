import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { includes } from './includes.ts'

test.each([
  ['includes(["a", 1, null], null)', 'true'],
  ['includes([1, 2], 3)', 'false'],
  ['includes([[1]], [1])', 'true'],
])('%s', (source, expected) => {
  expect(evaluate([includes], source)).toBe(expected)
})
