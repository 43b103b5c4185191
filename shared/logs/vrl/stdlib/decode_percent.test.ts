import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_percent } from './decode_percent.ts'

test.each([
  ['decode_percent("a%20b%2Fc")', '"a b/c"'],
  ['decode_percent("100%")', '"100%"'],
])('%s', (source, expected) => {
  expect(evaluate([decode_percent], source)).toBe(expected)
})
