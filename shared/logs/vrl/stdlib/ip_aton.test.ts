import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_aton } from './ip_aton.ts'

test.each([
  ['ip_aton!("192.0.2.7")', '3221225991'],
  ['ip_aton!("192.0.2")', 'error: unable to parse IPv4 address: invalid IPv4 address syntax'],
])('%s', (source, expected) => {
  expect(evaluate([ip_aton], source)).toBe(expected)
})
