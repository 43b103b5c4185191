import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_regex } from './parse_regex.ts'

test.each([
  [`parse_regex!("k=v", r'(?P<key>\\w)=(?P<value>\\w)')`, '{"key":"k","value":"v"}'],
  [`parse_regex!("ab", r'(a)(?P<rest>.)(c)?', numeric_groups: true)`, '{"0":"ab","1":"a","2":"b","3":null,"rest":"b"}'],
  [`parse_regex!("x", r'\\d')`, 'error: could not find any pattern matches'],
])('%s', (source, expected) => {
  expect(evaluate([parse_regex], source)).toBe(expected)
})
