import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'

test.each([
  ['decode_base16!("6869")', '"hi"'],
  ['decode_base16!("zz")', 'error: unable to decode value to base16'],
])('%s', (source, expected) => {
  expect(evaluate([decode_base16], source)).toBe(expected)
})
