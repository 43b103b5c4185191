import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_snappy } from './decode_snappy.ts'
import { encode_snappy } from './encode_snappy.ts'

test.each([
  ['decode_snappy!(encode_snappy!("round and round"))', '"round and round"'],
  ['decode_snappy!("no")', 'error: unable to decode value with Snappy decoder'],
])('%s', (source, expected) => {
  expect(evaluate([decode_snappy, encode_snappy], source)).toBe(expected)
})
