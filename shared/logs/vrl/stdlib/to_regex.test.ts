import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match } from './match.ts'
import { to_regex } from './to_regex.ts'

test.each([
  ['match("ABC", to_regex!("(?i)b"))', 'true'],
  ['to_regex!("(")', 'error: could not create regex: regex parse error:\n    (\n    ^\nerror: unclosed group'],
])('%s', (source, expected) => {
  expect(evaluate([to_regex, match], source)).toBe(expected)
})
