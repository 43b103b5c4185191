import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match } from './match.ts'

test.each([
  [`match("abc", r'(?i)B')`, 'true'],
  [`match("abc", r'^b')`, 'false'],
  [`match("naïve", r'^\\w+$')`, 'true'],
])('%s', (source, expected) => {
  expect(evaluate([match], source)).toBe(expected)
})
