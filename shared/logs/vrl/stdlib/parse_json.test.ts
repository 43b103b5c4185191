import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_json } from './parse_json.ts'

test.each([
  ['parse_json!("{\\"a\\": [1, 2.0, -0, 12345678901234567890]}")', '{"a":[1,2.0,-0.0,1.2345678901234567e+19]}'],
  ['parse_json!("{\\"a\\": {\\"b\\": {\\"c\\": 1}}}", max_depth: 2)', '{"a":{"b":"{\\"c\\": 1}"}}'],
  ['parse_json!("{\\"a\\": }")', 'error: unable to parse json: expected value at line 1 column 7'],
  ['parse_json!("[1,]")', 'error: unable to parse json: trailing comma at line 1 column 4'],
])('%s', (source, expected) => {
  expect(evaluate([parse_json], source)).toBe(expected)
})
