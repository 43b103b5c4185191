import { expect, test } from 'vitest'
import { encodeJson, encodeJsonPretty, parseJson } from './json.ts'
import type { Failure } from './value.ts'

test.each([
  '{"a":[1,2.0,-0.0,1e300]}',
  '9223372036854775807',
  '"\\ud83d\\ude00"',
  '[]',
  '{"__proto__":{"a":1}}',
  '[0.1,1234567890123456.0]',
  '{"a":"x:5.0,"}',
])('%s is read and written exactly', (source) => {
  expect(parseJson(encodeJson(parseJson(source)))).toEqual(parseJson(source))
})

test.each([
  ['{"b":1,"a":2}', '{"a":2,"b":1}'],
  ['[1e2, -0, 5.00]', '[100.0,-0.0,5.0]'],
  ['[0.99999999999999999999]', '[1.0]'],
  [' 7 ', '7'],
])('%s becomes %s', (source, text) => {
  expect(encodeJson(parseJson(source))).toBe(text)
})

test.each([
  ['', 'EOF while parsing a value at line 1 column 0'],
  ['{', 'EOF while parsing an object at line 1 column 1'],
  ['[1 2]', 'expected `,` or `]` at line 1 column 4'],
  ['nul', 'EOF while parsing a value at line 1 column 3'],
  ['{"a":1}x', 'trailing characters at line 1 column 8'],
  ['"\\ud800"', 'unexpected end of hex escape at line 1 column 8'],
])('%j is refused: %s', (source, why) => {
  expect(() => parseJson(source)).toThrow(expect.objectContaining({ message: `unable to parse json: ${why}` }) as Failure)
})

test('below a depth, containers stay text', () => {
  expect(parseJson('{"a":{"b":[1]},"c":2}', 1)).toEqual({ a: '{"b":[1]}', c: 2 })
})

test('pretty text has two spaces', () => {
  expect(encodeJsonPretty(parseJson('{"b":[],"a":{"c":1}}'))).toBe('{\n  "a": {\n    "c": 1\n  },\n  "b": []\n}')
})
