import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_syslog_facility } from './to_syslog_facility.ts'

test.each([
  ['to_syslog_facility!(4)', '"auth"'],
  ['to_syslog_facility!(99)', 'error: facility code 99 not valid'],
])('%s', (source, expected) => {
  expect(evaluate([to_syslog_facility], source)).toBe(expected)
})
