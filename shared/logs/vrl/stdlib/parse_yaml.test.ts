import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_yaml } from './parse_yaml.ts'

test.each([
  ['parse_yaml!("a: 1\\nb:\\n  - x\\n  - [y, 2.5]\\nc: null")', '{"a":1,"b":["x",["y",2.5]],"c":null}'],
  ['parse_yaml!("a: [")', `error: unable to parse yaml: did not find expected ',' or ']' at line 1 column 1`],
])('%s', (source, expected) => {
  expect(evaluate([parse_yaml], source)).toBe(expected)
})
