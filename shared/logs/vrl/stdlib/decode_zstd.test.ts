import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_zstd } from './decode_zstd.ts'
import { encode_zstd } from './encode_zstd.ts'

test.each([
  ['decode_zstd!(encode_zstd("round and round"))', '"round and round"'],
  ['decode_zstd!("no zstd")', 'error: unable to decode value with Zstd decoder'],
])('%s', (source, expected) => {
  expect(evaluate([decode_zstd, encode_zstd], source)).toBe(expected)
})
