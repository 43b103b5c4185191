import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_key_value } from './encode_key_value.ts'

test.each([
  ['encode_key_value({ "b": "x y", "a": { "c": true } })', '"a.c=true b=\\"x y\\""'],
  ['encode_key_value!({ "a": 1, "b": 2 }, fields_ordering: ["b"])', '"b=2 a=1"'],
  ['encode_key_value({ "on": true, "off": false }, flatten_boolean: true)', '"on"'],
  ['encode_key_value({ "a": "1", "b": "2" }, key_value_delimiter: ":", field_delimiter: ",")', '"a:1,b:2"'],
])('%s', (source, expected) => {
  expect(evaluate([encode_key_value], source)).toBe(expected)
})
