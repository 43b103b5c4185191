import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_punycode } from './encode_punycode.ts'

test.each([
  ['encode_punycode!("bücher.example")', '"xn--bcher-kva.example"'],
  ['encode_punycode!("plain.example")', '"plain.example"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_punycode], source)).toBe(expected)
})
