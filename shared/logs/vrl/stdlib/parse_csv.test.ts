import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_csv } from './parse_csv.ts'

test.each([
  ['parse_csv!("a,\\"b,c\\",\\"d\\"\\"e\\"")', '["a","b,c","d\\"e"]'],
  ['parse_csv!("a;b", delimiter: ";")', '["a","b"]'],
  ['parse_csv!("a", delimiter: "||")', 'error: delimiter must be a single character'],
])('%s', (source, expected) => {
  expect(evaluate([parse_csv], source)).toBe(expected)
})
