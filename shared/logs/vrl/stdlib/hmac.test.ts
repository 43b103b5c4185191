import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { hmac } from './hmac.ts'

test.each([
  ['encode_base16(hmac("a", "k"))', '"78da91511e675587f5b9df78bedebaf5560da2abb88162ee875dcdf744951d9e"'],
  ['encode_base16(hmac("a", "k", algorithm: "MD5"))', 'E610 invalid argument "algorithm"; received: "MD5"; error: Invalid algorithm'],
  ['hmac("a", "k", algorithm: "ROT-13")', 'E610 invalid argument "algorithm"; received: "ROT-13"; error: Invalid algorithm'],
])('%s', (source, expected) => {
  expect(evaluate([hmac, encode_base16], source)).toBe(expected)
})
