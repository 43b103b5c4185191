import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_empty } from './is_empty.ts'

test.each([
  ['is_empty("")', 'true'],
  ['is_empty([])', 'true'],
  ['is_empty({ "a": 1 })', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_empty], source)).toBe(expected)
})
