import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { downcase } from './downcase.ts'

test.each([
  ['downcase("ÀB")', '"àb"'],
  ['downcase("ς Σ")', '"ς σ"'],
])('%s', (source, expected) => {
  expect(evaluate([downcase], source)).toBe(expected)
})
