import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ipv6_to_ipv4 } from './ipv6_to_ipv4.ts'

test.each([
  ['ipv6_to_ipv4!("::ffff:192.0.2.7")', '"192.0.2.7"'],
  ['ipv6_to_ipv4!("2001:db8::1")', 'error: IPV6 address 2001:db8::1 is not compatible with IPV4'],
])('%s', (source, expected) => {
  expect(evaluate([ipv6_to_ipv4], source)).toBe(expected)
})
