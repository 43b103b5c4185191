import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_key_value } from './parse_key_value.ts'

test.each([
  ['parse_key_value!("a=1 b=\\"two words\\" c")', '{"a":"1","b":"two words","c":true}'],
  ['parse_key_value!("a:1;b:2", key_value_delimiter: ":", field_delimiter: ";")', '{"a":"1","b":"2"}'],
  ['parse_key_value!("a=1 a=2 d", accept_standalone_key: false)', 'error: could not parse whole line successfully: '],
])('%s', (source, expected) => {
  expect(evaluate([parse_key_value], source)).toBe(expected)
})
