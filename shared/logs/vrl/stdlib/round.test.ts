import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { round } from './round.ts'

test.each([
  ['round(1.25, precision: 1)', '1.3'],
  ['round(-1.5)', '-2.0'],
  ['round(7)', '7'],
])('%s', (source, expected) => {
  expect(evaluate([round], source)).toBe(expected)
})
