import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { shannon_entropy } from './shannon_entropy.ts'

test.each([
  ['shannon_entropy("aabb")', '1.0'],
  ['shannon_entropy("")', '0.0'],
  ['shannon_entropy("éé", segmentation: "codepoint")', '0.0'],
])('%s', (source, expected) => {
  expect(evaluate([shannon_entropy], source)).toBe(expected)
})
