import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { redact } from './redact.ts'

test.each([
  ['redact("card 4111 or 123-45-6789", filters: ["us_social_security_number"])', '"card 4111 or [REDACTED]"'],
  [`redact({ "a": "x-1", "b": ["x-2", 3] }, filters: [r'x-\\d'])`, '{"a":"[REDACTED]","b":["[REDACTED]",3]}'],
  [`redact("abc", filters: [r'b'], redactor: { "type": "text", "replacement": "*" })`, '"a*c"'],
  [`redact("abc", filters: [r'b'], redactor: "sha2")`, '"abtzz7R71YyQppR+UHULM/R00B2caKsk561NhoPV2/48=c"'],
])('%s', (source, expected) => {
  expect(evaluate([redact], source)).toBe(expected)
})
