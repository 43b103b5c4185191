import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_base64 } from './encode_base64.ts'

test.each([
  ['encode_base64("hi")', '"aGk="'],
  ['encode_base64("hi", padding: false)', '"aGk"'],
  ['encode_base64("??>", charset: "url_safe")', '"Pz8-"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_base64], source)).toBe(expected)
})
