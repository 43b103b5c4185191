import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_cidr_contains } from './ip_cidr_contains.ts'

test.each([
  ['ip_cidr_contains!("192.0.2.0/24", "192.0.2.7")', 'true'],
  ['ip_cidr_contains!(["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1")', 'true'],
  [
    'ip_cidr_contains!("192.0.2.0/40", "192.0.2.7")',
    'E610 invalid argument "ip_cidr_contains"; received: "192.0.2.0/40"; error: "cidr" must be valid cidr',
  ],
])('%s', (source, expected) => {
  expect(evaluate([ip_cidr_contains], source)).toBe(expected)
})
