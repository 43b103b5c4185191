import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { slice } from './slice.ts'

test.each([
  ['slice!("héllo", 1, 3)', '"é"'],
  ['slice!([1, 2, 3], -2)', '[2,3]'],
  ['slice!("abc", 5)', 'error: "start" must be between "-3" and "3"'],
])('%s', (source, expected) => {
  expect(evaluate([slice], source)).toBe(expected)
})
