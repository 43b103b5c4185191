import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { ip_pton } from './ip_pton.ts'

test.each([
  ['encode_base16(ip_pton!("192.0.2.7"))', '"c0000207"'],
  ['encode_base16(ip_pton!("2001:db8::1"))', '"20010db8000000000000000000000001"'],
  ['ip_pton!("x")', 'error: unable to parse IP address: invalid IP address syntax'],
])('%s', (source, expected) => {
  expect(evaluate([ip_pton, encode_base16], source)).toBe(expected)
})
