import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { encrypt } from './encrypt.ts'

test.each([
  ['encode_base16(encrypt!("data", "AES-256-CTR-BE", key: "0123456789abcdef0123456789abcdef", iv: "fedcba9876543210"))', '"ba390f3e"'],
  [
    'encode_base16(encrypt!("data", "AES-128-CBC-PKCS7", key: "0123456789abcdef", iv: "fedcba9876543210"))',
    '"1da6f09c42f7fc43797aeede866e812c"',
  ],
  [
    'encode_base16(encrypt!("data", "CHACHA20-POLY1305", key: "0123456789abcdef0123456789abcdef", iv: "fedcba987654"))',
    '"1cf0713debefc824f73659eabd87f0b9e433d0ec"',
  ],
  ['encrypt!("data", "ROT-13", key: "k", iv: "i")', 'E610 invalid argument "algorithm"; received: "ROT-13"; error: Invalid algorithm'],
])('%s', (source, expected) => {
  expect(evaluate([encrypt, encode_base16], source)).toBe(expected)
})
