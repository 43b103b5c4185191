import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_linux_authorization } from './parse_linux_authorization.ts'

test.each([
  [
    'parse_linux_authorization!("May  5 12:00:00 gate sshd[4711]: Accepted publickey for ada")',
    '{"appname":"sshd","hostname":"gate","message":"Accepted publickey for ada","procid":4711,"timestamp":"2026-05-05T12:00:00Z"}',
  ],
  ['parse_linux_authorization!("nonsense")', 'error: unable to parse input as valid syslog message'],
])('%s', (source, expected) => {
  expect(evaluate([parse_linux_authorization], source)).toBe(expected)
})
