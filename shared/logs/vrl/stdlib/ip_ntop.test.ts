import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'
import { ip_ntop } from './ip_ntop.ts'

test.each([
  ['ip_ntop!(decode_base16!("c0000207"))', '"192.0.2.7"'],
  ['ip_ntop!("abc")', 'error: "value" must be of length 4 or 16 bytes'],
])('%s', (source, expected) => {
  expect(evaluate([ip_ntop, decode_base16], source)).toBe(expected)
})
