import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_gzip } from './decode_gzip.ts'
import { encode_gzip } from './encode_gzip.ts'

test.each([
  ['decode_gzip!(encode_gzip("round and round"))', '"round and round"'],
  ['decode_gzip!("no gzip")', 'error: unable to decode value with Gzip decoder'],
])('%s', (source, expected) => {
  expect(evaluate([decode_gzip, encode_gzip], source)).toBe(expected)
})
