import { expect, test } from 'vitest'
import { isUtf8, quote, unquote } from './quoted.ts'

test.each([
  ['"a"', 'a'],
  ["'a\"b'", 'a"b'],
  ['`a\\n`', 'a\\n'],
  ['"\\n\\t\\\\\\""', '\n\t\\"'],
  ['"\\x41\\101\\u00e9\\U0001f600"', 'AAé😀'],
  ['"\\xc3\\xa9"', 'é'],
  ['""', ''],
  ['"', null],
  ['"a\'', null],
  ['"a"b"', null],
  ['"\\q"', null],
  ['"\\ud800"', null],
  ['"\\777"', null],
  ['`a`b`', null],
  ['"a\nb"', null],
])('%s stands for %s', (literal, text) => {
  expect(unquote(literal)).toBe(text)
})

test.each([
  ['a"b', '"a\\"b"'],
  ['a\nb\\', '"a\\nb\\\\"'],
  ['é世', '"é世"'],
  ['\u0001', '"\\x01"'],
  ['\u200b', '"\\u200b"'],
])('%j is quoted as %s', (text, literal) => {
  expect(quote(text)).toBe(literal)
  expect(unquote(literal)).toBe(text)
})

test('bytes that are not UTF-8 survive and can be told', () => {
  const text = unquote('"a\\xc5z"') ?? ''
  expect(isUtf8(text)).toBe(false)
  expect(quote(text)).toBe('"a\\xc5z"')
  expect(isUtf8('a😀')).toBe(true)
})
