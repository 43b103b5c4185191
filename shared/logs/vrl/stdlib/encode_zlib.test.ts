import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_zlib } from './decode_zlib.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_zlib } from './encode_zlib.ts'
import { slice } from './slice.ts'

test.each([
  ['decode_zlib!(encode_zlib("a"))', '"a"'],
  ['slice!(encode_base16(encode_zlib("a")), 0, 2)', '"78"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_zlib, decode_zlib, slice, encode_base16], source)).toBe(expected)
})
