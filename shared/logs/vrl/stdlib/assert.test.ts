import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { assert } from './assert.ts'

test.each([
  ['assert!(1 < 2)', 'true'],
  ['assert!(false, message: "one is not two")', 'error: one is not two'],
  ['assert!(1 > 2)', 'error: assertion failed'],
])('%s', (source, expected) => {
  expect(evaluate([assert], source)).toBe(expected)
})
