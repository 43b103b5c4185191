import { expect, test } from 'vitest'
import { completingAt, pieces } from './syntax.ts'

const shown = (text: string) => pieces(text).map((p) => `${p.kind} ${text.slice(p.from, p.to)}`)

test.each([
  ['service:checkout', ['field service', 'operator :', 'value checkout']],
  ['status >= 500 OR NOT "a b"', ['field status', 'operator >=', 'value 500', 'keyword OR', 'keyword NOT', 'value "a b"']],
  ['path=~/^\\/v1/i x', ['field path', 'operator =~', 'value /^\\/v1/i']],
  ['http://example.com', []],
  ['ORDER', []],
  ['message:"half', ['field message', 'operator :', 'value "half']],
  ['level=', ['field level', 'operator =']],
  ['(a.b-c=1)', ['field a.b-c', 'operator =', 'value 1']],
])('%s is coloured', (text, expected) => {
  expect(shown(text)).toEqual(expected)
})

test.each([
  ['ser', { what: 'field', from: 0, part: 'ser' }],
  ['a=b ', { what: 'field', from: 4, part: '' }],
  ['(le', { what: 'field', from: 1, part: 'le' }],
  ['level:er', { what: 'value', field: 'level', from: 6, part: 'er' }],
  ['x level!=', { what: 'value', field: 'level', from: 9, part: '' }],
  ['"half a ser', null],
  ['500', null],
])('at the end of %j', (text, expected) => {
  expect(completingAt(text, text.length)).toEqual(expected)
})

test('nothing typed takes long to colour', () => {
  const started = performance.now()
  pieces('a'.repeat(20_000) + '"\\'.repeat(5_000))
  completingAt('a.'.repeat(5_000), 10_000)
  expect(performance.now() - started).toBeLessThan(500)
})
