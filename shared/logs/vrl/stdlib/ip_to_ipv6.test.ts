import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_to_ipv6 } from './ip_to_ipv6.ts'

test.each([
  ['ip_to_ipv6!("192.0.2.7")', '"::ffff:192.0.2.7"'],
  ['ip_to_ipv6!("2001:DB8::1")', '"2001:db8::1"'],
  ['ip_to_ipv6!("x")', 'error: unable to parse IP address: invalid IP address syntax'],
])('%s', (source, expected) => {
  expect(evaluate([ip_to_ipv6], source)).toBe(expected)
})
