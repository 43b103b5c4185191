import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { set_semantic_meaning } from './set_semantic_meaning.ts'

test.each([['set_semantic_meaning(.text, "message")', 'null']])('%s', (source, expected) => {
  expect(
    evaluate([set_semantic_meaning], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } }),
  ).toBe(expected)
})
