import { expect, test } from 'vitest'
import { median } from './store.ts'

test.each([
  [[], null],
  [[7], 7],
  [[9, 1, 5], 5],
  [[1, 100, 3, 4], 4],
])('the median of %j is %j', (values, expected) => expect(median(values)).toBe(expected))
