import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_zstd } from './decode_zstd.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_zstd } from './encode_zstd.ts'
import { slice } from './slice.ts'

test.each([
  ['decode_zstd!(encode_zstd("a"))', '"a"'],
  ['slice!(encode_base16(encode_zstd("a")), 0, 8)', '"28b52ffd"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_zstd, decode_zstd, slice, encode_base16], source)).toBe(expected)
})
