import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_ruby_hash } from './parse_ruby_hash.ts'

test.each([
  [`parse_ruby_hash!(s'{ :a => 1, "b" => [nil, true, 2.5], c: { "d" => :e } }')`, '{"a":1,"b":[null,true,2.5],"c":{"d":"e"}}'],
  ['parse_ruby_hash!("{ 1 ")', 'error: could not parse whole line successfully: '],
])('%s', (source, expected) => {
  expect(evaluate([parse_ruby_hash], source)).toBe(expected)
})
