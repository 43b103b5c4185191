import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { sieve } from './sieve.ts'

test.each([
  [`sieve("a1-b2", r'[a-z]')`, '"ab"'],
  [`sieve("a1--b2", r'[a-z]', replace_single: "_", replace_repeated: "#")`, '"a#b"'],
])('%s', (source, expected) => {
  expect(evaluate([sieve], source)).toBe(expected)
})
