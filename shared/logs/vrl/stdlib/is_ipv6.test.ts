import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_ipv6 } from './is_ipv6.ts'

test.each([
  ['is_ipv6("2001:db8::1")', 'true'],
  ['is_ipv6("1::2::3")', 'false'],
  ['is_ipv6("192.0.2.7")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_ipv6], source)).toBe(expected)
})
