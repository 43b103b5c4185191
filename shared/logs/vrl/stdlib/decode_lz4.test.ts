import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_lz4 } from './decode_lz4.ts'
import { encode_lz4 } from './encode_lz4.ts'

test.each([
  [
    'decode_lz4!(encode_lz4!("round and round and round"))',
    'error: unable to decode value with lz4 block decoder: 0 is not a valid match offset',
  ],
  ['decode_lz4!("no lz4")', 'error: unable to decode value with lz4 block decoder: literal is out of bounds of the input'],
])('%s', (source, expected) => {
  expect(evaluate([decode_lz4, encode_lz4], source)).toBe(expected)
})
