import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'
import { decrypt } from './decrypt.ts'

test.each([
  ['decrypt!(decode_base16!("6f2aa210"), "AES-128-OFB", key: "0123456789abcdef", iv: "fedcba9876543210")', '"data"'],
  ['decrypt!("x", "AES-256-CFB", key: "short", iv: "fedcba9876543210")', 'error: Invalid key size. Expected 32 bytes. Found 5 bytes'],
])('%s', (source, expected) => {
  expect(evaluate([decrypt, decode_base16], source)).toBe(expected)
})
