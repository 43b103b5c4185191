import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { zip } from './zip.ts'

test.each([
  ['zip!([1, 2, 3], ["a", "b"])', '[[1,"a"],[2,"b"]]'],
  ['zip!([[1, 2], [3, 4]])', '[[1,3],[2,4]]'],
])('%s', (source, expected) => {
  expect(evaluate([zip], source)).toBe(expected)
})
