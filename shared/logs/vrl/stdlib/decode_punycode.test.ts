import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_punycode } from './decode_punycode.ts'

test.each([
  ['decode_punycode!("xn--bcher-kva.example")', '"bücher.example"'],
  ['decode_punycode!("plain.example")', '"plain.example"'],
])('%s', (source, expected) => {
  expect(evaluate([decode_punycode], source)).toBe(expected)
})
