import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_csv } from './encode_csv.ts'

test.each([
  ['encode_csv!(["a", "b c", "d,e", "say \\"so\\""])', '"a,b c,\\"d,e\\",\\"say \\"\\"so\\"\\"\\""'],
  ['encode_csv!(["a", "b"], delimiter: ";")', '"a;b"'],
  ['encode_csv!([])', '""'],
])('%s', (source, expected) => {
  expect(evaluate([encode_csv], source)).toBe(expected)
})
