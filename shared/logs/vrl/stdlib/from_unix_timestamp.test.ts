import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { from_unix_timestamp } from './from_unix_timestamp.ts'

test.each([
  ['from_unix_timestamp!(1_777_982_400)', '"2026-05-05T12:00:00Z"'],
  ['from_unix_timestamp!(1777982400123, unit: "milliseconds")', '"2026-05-05T12:00:00.123Z"'],
  ['from_unix_timestamp!(-1, unit: "nanoseconds")', '"1969-12-31T23:59:59.999999999Z"'],
])('%s', (source, expected) => {
  expect(evaluate([from_unix_timestamp], source)).toBe(expected)
})
