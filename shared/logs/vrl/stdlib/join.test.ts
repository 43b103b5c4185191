import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { join } from './join.ts'

test.each([
  ['join!(["a", "b"], separator: ", ")', '"a, b"'],
  ['join!(["a", "b"])', '"ab"'],
  ['join!(["a", 1])', 'error: all array items must be strings'],
])('%s', (source, expected) => {
  expect(evaluate([join], source)).toBe(expected)
})
