import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_syslog_severity } from './to_syslog_severity.ts'

test.each([
  ['to_syslog_severity!("err")', '3'],
  ['to_syslog_severity!("x")', 'error: syslog level x not valid'],
])('%s', (source, expected) => {
  expect(evaluate([to_syslog_severity], source)).toBe(expected)
})
