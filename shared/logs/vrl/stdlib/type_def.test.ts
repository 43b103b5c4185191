import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { type_def } from './type_def.ts'

test.each([
  ['type_def(.text)', '{"any":true}'],
  ['type_def(1)', '{"integer":true}'],
])('%s', (source, expected) => {
  expect(evaluate([type_def], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
