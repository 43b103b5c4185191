import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_timestamp } from './parse_timestamp.ts'

test.each([
  ['parse_timestamp!("05/May/2026:12:00:00 +0200", "%d/%b/%Y:%H:%M:%S %z")', '"2026-05-05T10:00:00Z"'],
  ['parse_timestamp!("2026-05-05 12:00", "%F %R", timezone: "America/New_York")', '"2026-05-05T16:00:00Z"'],
  ['parse_timestamp!("x", "%F")', 'error: Invalid timestamp "x": input contains invalid characters'],
])('%s', (source, expected) => {
  expect(evaluate([parse_timestamp], source)).toBe(expected)
})
