import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { length } from './length.ts'

test.each([
  ['length([1, 2])', '2'],
  ['length({ "a": 1 })', '1'],
  ['length("é")', '2'],
])('%s', (source, expected) => {
  expect(evaluate([length], source)).toBe(expected)
})
