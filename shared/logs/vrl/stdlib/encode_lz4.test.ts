import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_lz4 } from './decode_lz4.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_lz4 } from './encode_lz4.ts'

test.each([
  ['decode_lz4!(encode_lz4!("abcabcabcabc"))', 'error: unable to decode value with lz4 block decoder: 0 is not a valid match offset'],
  ['encode_base16(encode_lz4!("a"))', '"010000001061"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_lz4, decode_lz4, encode_base16], source)).toBe(expected)
})
