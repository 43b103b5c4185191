import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_syslog_level } from './to_syslog_level.ts'

test.each([
  ['to_syslog_level!(3)', '"err"'],
  ['to_syslog_level!(8)', 'error: severity level 8 not valid'],
])('%s', (source, expected) => {
  expect(evaluate([to_syslog_level], source)).toBe(expected)
})
