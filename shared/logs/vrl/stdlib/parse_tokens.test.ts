import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_tokens } from './parse_tokens.ts'

test.each([
  ['parse_tokens("a \\"b c\\" [d e] - f")', '["a","b c","d e",null,"f"]'],
  ['parse_tokens("")', '[]'],
])('%s', (source, expected) => {
  expect(evaluate([parse_tokens], source)).toBe(expected)
})
