import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_unix_timestamp } from './to_unix_timestamp.ts'

test.each([
  [`to_unix_timestamp(t'2026-05-05T12:00:00Z')`, '1777982400'],
  [`to_unix_timestamp(t'2026-05-05T12:00:00.123456789Z', unit: "nanoseconds")`, '1777982400123456789'],
  [`to_unix_timestamp(t'1969-12-31T23:59:59.5Z')`, '-1'],
])('%s', (source, expected) => {
  expect(evaluate([to_unix_timestamp], source)).toBe(expected)
})
