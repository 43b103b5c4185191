import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_percent } from './encode_percent.ts'

test.each([
  ['encode_percent("a b/c?d=é")', '"a%20b%2Fc%3Fd%3D%C3%A9"'],
  ['encode_percent("a b/c", ascii_set: "PATH")', '"a%20b/c"'],
  ['encode_percent("a+b", ascii_set: "CONTROLS")', '"a+b"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_percent], source)).toBe(expected)
})
