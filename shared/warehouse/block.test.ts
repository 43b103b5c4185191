import { expect, test } from 'vitest'
import { pieces, rowsFrom, rowsIn, wait } from './block.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (s: string) => new TextEncoder().encode(s)

test('a small body is one piece and always ends with a newline', () => {
  expect(pieces('{"a":1}\n{"a":2}', 2, 100).map((p) => [text(p.body), p.rows])).toEqual([['{"a":1}\n{"a":2}\n', 2]])
  expect(pieces('{"a":1}\n', 1, 100).map((p) => text(p.body))).toEqual(['{"a":1}\n'])
})

test('a large body is cut between rows, and nothing of it is lost', () => {
  const rows = Array.from({ length: 100 }, (_, i) => `{"n":${i},"text":"žluťoučký"}`)
  const cut = pieces(rows.join('\n'), 100, 200)
  expect(cut.every((p) => p.body.byteLength <= 200)).toBe(true)
  expect(cut.map((p) => text(p.body)).join('')).toBe(`${rows.join('\n')}\n`)
  expect(cut.reduce((n, p) => n + p.rows, 0)).toBe(100)
})

test('a body that fits exactly is one piece, one byte more makes two', () => {
  expect(pieces('aa\nbb\n', 2, 6)).toHaveLength(1)
  expect(pieces('aa\nbb\n', 2, 5).map((p) => text(p.body))).toEqual(['aa\n', 'bb\n'])
})

test('a row longer than a piece is refused as too large', () => {
  expect(() => pieces(`ok\n${'x'.repeat(50)}\n`, 2, 20)).toThrow(expect.objectContaining({ code: 'too-large' }))
})

test('a row range is exactly those rows', () => {
  const body = bytes('a\nb\nc\nd\n')
  expect(rowsIn(body)).toBe(4)
  expect(text(rowsFrom(body, 1, 3))).toBe('b\nc\n')
  expect(text(rowsFrom(body, 0, 4))).toBe('a\nb\nc\nd\n')
  expect(text(rowsFrom(body, 3, 4))).toBe('d\n')
})

test('waits double to ten seconds and stay there', () => {
  expect([0, 1, 2, 4, 5, 50].map(wait)).toEqual([500, 1000, 2000, 8000, 10_000, 10_000])
})
