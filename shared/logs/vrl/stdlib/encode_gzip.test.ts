import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_gzip } from './decode_gzip.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_gzip } from './encode_gzip.ts'
import { slice } from './slice.ts'

test.each([
  ['decode_gzip!(encode_gzip("a", compression_level: 9))', '"a"'],
  ['slice!(encode_base16(encode_gzip("a")), 0, 4)', '"1f8b"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_gzip, decode_gzip, slice, encode_base16], source)).toBe(expected)
})
