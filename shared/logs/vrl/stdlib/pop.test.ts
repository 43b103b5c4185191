import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { pop } from './pop.ts'

test.each([
  ['pop([1, 2])', '[1]'],
  ['pop([])', '[]'],
])('%s', (source, expected) => {
  expect(evaluate([pop], source)).toBe(expected)
})
