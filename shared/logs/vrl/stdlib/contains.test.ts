import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { contains } from './contains.ts'

test.each([
  ['contains("The Ínside", "ínside", case_sensitive: false)', 'true'],
  ['contains("abc", "B")', 'false'],
  ['contains("abc", "")', 'true'],
])('%s', (source, expected) => {
  expect(evaluate([contains], source)).toBe(expected)
})
