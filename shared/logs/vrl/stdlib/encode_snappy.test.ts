import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_snappy } from './encode_snappy.ts'

test.each([['encode_base16(encode_snappy!("abc"))', '"0308616263"']])('%s', (source, expected) => {
  expect(evaluate([encode_snappy, encode_base16], source)).toBe(expected)
})
