import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_regex_all } from './parse_regex_all.ts'

test.each([
  [`parse_regex_all!("a1 b2", r'(?P<letter>[a-z])(?P<digit>\\d)')`, '[{"digit":"1","letter":"a"},{"digit":"2","letter":"b"}]'],
  [`parse_regex_all!("x", r'\\d')`, '[]'],
])('%s', (source, expected) => {
  expect(evaluate([parse_regex_all], source)).toBe(expected)
})
