import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_subnet } from './ip_subnet.ts'

test.each([
  ['ip_subnet!("192.0.2.137", "255.255.255.128")', '"192.0.2.128"'],
  ['ip_subnet!("2001:db8::ff", "/64")', '"2001:db8::"'],
  ['ip_subnet!("192.0.2.1", "/64")', 'error: subnet cannot be greater than 32 for ipv4 addresses'],
])('%s', (source, expected) => {
  expect(evaluate([ip_subnet], source)).toBe(expected)
})
