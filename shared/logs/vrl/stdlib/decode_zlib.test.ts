import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_zlib } from './decode_zlib.ts'
import { encode_zlib } from './encode_zlib.ts'

test.each([
  ['decode_zlib!(encode_zlib("round and round"))', '"round and round"'],
  ['decode_zlib!("no zlib")', 'error: unable to decode value with Zlib decoder'],
])('%s', (source, expected) => {
  expect(evaluate([decode_zlib, encode_zlib], source)).toBe(expected)
})
