import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { assert_eq } from './assert_eq.ts'

test.each([
  ['assert_eq!([1], [1])', 'true'],
  ['assert_eq!(1, 2, message: "they differ")', 'error: they differ'],
  ['assert_eq!("a", "b")', 'error: assertion failed: "a" == "b"'],
])('%s', (source, expected) => {
  expect(evaluate([assert_eq], source)).toBe(expected)
})
