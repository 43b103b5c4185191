import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_syslog_facility_code } from './to_syslog_facility_code.ts'

test.each([
  ['to_syslog_facility_code!("auth")', '4'],
  ['to_syslog_facility_code!("x")', `error: syslog facility 'x' not valid`],
])('%s', (source, expected) => {
  expect(evaluate([to_syslog_facility_code], source)).toBe(expected)
})
