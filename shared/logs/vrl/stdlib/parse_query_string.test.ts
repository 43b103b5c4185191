import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_query_string } from './parse_query_string.ts'

test.each([
  ['parse_query_string("?a=1&a=2&b=x%20y&c")', '{"a":["1","2"],"b":"x y","c":""}'],
  ['parse_query_string("")', '{}'],
])('%s', (source, expected) => {
  expect(evaluate([parse_query_string], source)).toBe(expected)
})
