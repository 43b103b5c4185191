import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { hmac } from './hmac.ts'

test.each([
  ['encode_base16(hmac("a", "k"))', '"78da91511e675587f5b9df78bedebaf5560da2abb88162ee875dcdf744951d9e"'],
  [
    'encode_base16(hmac("a", "k", algorithm: "MD5"))',
    'E630 this expression can fail; handle the error before passing it in as an argument',
  ],
  ['hmac("a", "k", algorithm: "ROT-13")', 'E100 expression can result in runtime error; handle the error case to ensure runtime success'],
])('%s', (source, expected) => {
  expect(evaluate([hmac, encode_base16], source)).toBe(expected)
})
