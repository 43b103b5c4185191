import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { append } from './append.ts'

test.each([
  ['append([1], [2, [3]])', '[1,2,[3]]'],
  ['append([], [])', '[]'],
])('%s', (source, expected) => {
  expect(evaluate([append], source)).toBe(expected)
})
