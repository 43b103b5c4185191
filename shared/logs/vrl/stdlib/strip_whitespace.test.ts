import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { strip_whitespace } from './strip_whitespace.ts'

test.each([['strip_whitespace("\\t a b \\n")', '"a b"']])('%s', (source, expected) => {
  expect(evaluate([strip_whitespace], source)).toBe(expected)
})
