import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'
import { decode_charset } from './decode_charset.ts'

test.each([
  ['decode_charset!(decode_base16!("e9"), "iso-8859-1")', '"é"'],
  ['decode_charset!("a", "klingon")', 'error: Unknown charset: klingon'],
])('%s', (source, expected) => {
  expect(evaluate([decode_charset, decode_base16], source)).toBe(expected)
})
