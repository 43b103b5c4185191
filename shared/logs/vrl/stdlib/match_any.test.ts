import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match_any } from './match_any.ts'

test.each([
  [`match_any("abc", [r'^z', r'c$'])`, 'true'],
  [`match_any("abc", [r'z'])`, 'false'],
])('%s', (source, expected) => {
  expect(evaluate([match_any], source)).toBe(expected)
})
