import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { find } from './find.ts'

test.each([
  ['find("hello world", "o", from: 5)', '7'],
  ['find("hello", "z")', 'null'],
  [`find("abc123", r'\\d+')`, '3'],
])('%s', (source, expected) => {
  expect(evaluate([find], source)).toBe(expected)
})
