import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ceil } from './ceil.ts'

test.each([
  ['ceil(1.21, precision: 1)', '1.3'],
  ['ceil(-1.5)', '-1.0'],
  ['ceil(7)', '7'],
])('%s', (source, expected) => {
  expect(evaluate([ceil], source)).toBe(expected)
})
