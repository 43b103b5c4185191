import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_timestamp } from './is_timestamp.ts'

test.each([
  [`is_timestamp(t'2026-05-05T12:00:00Z')`, 'true'],
  ['is_timestamp("2026-05-05T12:00:00Z")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_timestamp], source)).toBe(expected)
})
