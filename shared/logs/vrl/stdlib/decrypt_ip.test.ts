import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decrypt_ip } from './decrypt_ip.ts'
import { encrypt_ip } from './encrypt_ip.ts'

test.each([
  ['decrypt_ip!(encrypt_ip!("192.0.2.7", "sixteen byte key", "aes128"), "sixteen byte key", "aes128")', '"192.0.2.7"'],
  ['decrypt_ip!("nowhere", "sixteen byte key", "aes128")', 'error: unable to parse IP address: invalid IP address syntax'],
])('%s', (source, expected) => {
  expect(evaluate([decrypt_ip, encrypt_ip], source)).toBe(expected)
})
