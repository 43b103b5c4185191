import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'
import { parse_cbor } from './parse_cbor.ts'

test.each([
  ['parse_cbor!(decode_base16!("a2616101616282f5f6"))', '{"a":1,"b":[true,null]}'],
  ['parse_cbor!(decode_base16!("82"))', 'error: unable to parse cbor: invalid input'],
])('%s', (source, expected) => {
  expect(evaluate([parse_cbor, decode_base16], source)).toBe(expected)
})
