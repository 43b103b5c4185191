import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { push } from './push.ts'

test.each([
  ['push([1], [2])', '[1,[2]]'],
  ['push([], null)', '[null]'],
])('%s', (source, expected) => {
  expect(evaluate([push], source)).toBe(expected)
})
