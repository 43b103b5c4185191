import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { match_datadog_query } from './match_datadog_query.ts'

test.each([
  ['match_datadog_query({ "message": "disk is full", "tags": ["env:prod"] }, "disk AND env:prod")', 'true'],
  ['match_datadog_query({ "message": "disk is full" }, "-full")', 'false'],
  ['match_datadog_query({ "n": 7 }, "@n:>5")', 'true'],
])('%s', (source, expected) => {
  expect(evaluate([match_datadog_query], source)).toBe(expected)
})
