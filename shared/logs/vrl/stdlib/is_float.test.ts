import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_float } from './is_float.ts'

test.each([
  ['is_float(1.0)', 'true'],
  ['is_float(1)', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_float], source)).toBe(expected)
})
