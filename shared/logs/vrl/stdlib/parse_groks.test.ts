import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_groks } from './parse_groks.ts'

test.each([
  ['parse_groks!("user=ada 7", patterns: ["%{ip:client}", "user=%{word:user} %{integer:n}"])', '{"n":7,"user":"ada"}'],
  ['parse_groks!("x", patterns: ["%{integer:n}"])', 'error: unable to parse grok: value does not match any rule'],
])('%s', (source, expected) => {
  expect(evaluate([parse_groks], source)).toBe(expected)
})
