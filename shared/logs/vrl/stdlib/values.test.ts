import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { values } from './values.ts'

test.each([
  ['values({ "b": 1, "a": 2 })', '[2,1]'],
  ['values({})', '[]'],
])('%s', (source, expected) => {
  expect(evaluate([values], source)).toBe(expected)
})
