import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { strip_ansi_escape_codes } from './strip_ansi_escape_codes.ts'

test.each([
  ['strip_ansi_escape_codes("\\u{1b}[31mred\\u{1b}[0m")', '"red"'],
  ['strip_ansi_escape_codes("plain")', '"plain"'],
])('%s', (source, expected) => {
  expect(evaluate([strip_ansi_escape_codes], source)).toBe(expected)
})
