import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'

test.each([
  ['encode_base16("hi")', '"6869"'],
  ['encode_base16("é")', '"c3a9"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_base16], source)).toBe(expected)
})
