import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { floor } from './floor.ts'

test.each([
  ['floor(1.29, precision: 1)', '1.2'],
  ['floor(-1.5)', '-2.0'],
  ['floor(7)', '7'],
])('%s', (source, expected) => {
  expect(evaluate([floor], source)).toBe(expected)
})
