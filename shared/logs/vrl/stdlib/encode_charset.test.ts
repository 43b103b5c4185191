import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_charset } from './encode_charset.ts'

test.each([
  ['encode_base16(encode_charset!("é", "iso-8859-1"))', '"e9"'],
  ['encode_charset!("a", "klingon")', 'error: Unknown charset: klingon'],
])('%s', (source, expected) => {
  expect(evaluate([encode_charset, encode_base16], source)).toBe(expected)
})
