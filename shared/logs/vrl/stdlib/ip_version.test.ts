import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_version } from './ip_version.ts'

test.each([
  ['ip_version!("192.0.2.7")', '"IPv4"'],
  ['ip_version!("::1")', '"IPv6"'],
  ['ip_version!("x")', 'error: unable to parse IP address: invalid IP address syntax'],
])('%s', (source, expected) => {
  expect(evaluate([ip_version], source)).toBe(expected)
})
