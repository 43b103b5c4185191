import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encrypt_ip } from './encrypt_ip.ts'

test.each([
  ['encrypt_ip!("192.0.2.7", "sixteen byte key", "aes128") != "192.0.2.7"', 'true'],
  ['encrypt_ip!("192.0.2.7", "short", "aes128")', 'error: aes128 mode requires a 16-byte key for IPv4'],
])('%s', (source, expected) => {
  expect(evaluate([encrypt_ip], source)).toBe(expected)
})
