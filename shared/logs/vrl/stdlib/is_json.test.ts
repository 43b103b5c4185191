import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_json } from './is_json.ts'

test.each([
  ['is_json("{\\"a\\": [1]}")', 'true'],
  ['is_json("{a: 1}")', 'false'],
  ['is_json("[1]", variant: "object")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_json], source)).toBe(expected)
})
