import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_xml } from './parse_xml.ts'

test.each([
  ['parse_xml!("<a b=\\"1\\"><c>2</c><c>x</c></a>")', '{"a":{"@b":"1","c":[2,"x"]}}'],
  ['parse_xml!("<a><b>007</b></a>", parse_number: false)', '{"a":{"b":"007"}}'],
  ['parse_xml!("<a>")', 'error: unable to parse xml: the root node was opened but never closed'],
])('%s', (source, expected) => {
  expect(evaluate([parse_xml], source)).toBe(expected)
})
