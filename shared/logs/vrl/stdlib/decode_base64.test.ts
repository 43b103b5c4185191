import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_base64 } from './decode_base64.ts'

test.each([
  ['decode_base64!("aGk=")', '"hi"'],
  ['decode_base64!("aGk")', '"hi"'],
  ['decode_base64!("__8", charset: "url_safe")', '"��"'],
  ['decode_base64!("?")', 'error: unable to decode value from base64'],
])('%s', (source, expected) => {
  expect(evaluate([decode_base64], source)).toBe(expected)
})
