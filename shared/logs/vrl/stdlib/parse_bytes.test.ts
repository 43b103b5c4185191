import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_bytes } from './parse_bytes.ts'

test.each([
  ['parse_bytes!("1.5KiB", unit: "B")', '1536.0'],
  ['parse_bytes!("2GB", unit: "MB", base: "10")', '2000.0'],
  ['parse_bytes!("2 parsecs", unit: "B")', `error: unable to parse bytes: 'invalid digit found in string'`],
])('%s', (source, expected) => {
  expect(evaluate([parse_bytes], source)).toBe(expected)
})
