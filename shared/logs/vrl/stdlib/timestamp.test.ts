import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { timestampFunction } from './timestamp.ts'

test.each([['timestamp!(.text)', 'error: expected timestamp, got string']])('%s', (source, expected) => {
  expect(evaluate([timestampFunction], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(
    expected,
  )
})
