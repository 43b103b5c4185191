import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { contains_all } from './contains_all.ts'

test.each([
  ['contains_all("red green", ["green", "red"])', 'true'],
  ['contains_all("red", ["red", "blue"])', 'false'],
  ['contains_all("RED", ["red"], case_sensitive: false)', 'true'],
])('%s', (source, expected) => {
  expect(evaluate([contains_all], source)).toBe(expected)
})
