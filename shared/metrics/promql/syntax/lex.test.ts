import { expect, test } from 'vitest'
import { lex } from './lex.ts'

const f = (query: string) => [...lex(query)].slice(0, -1).map((t) => (t.type === t.text ? t.text : `${t.type}:${t.text}`))

test.each([
  ['up', ['identifier:up']],
  ['job:rate5m', ['metric:job:rate5m']],
  ['SUM BY(a)', ['sum:SUM', 'by:BY', '(', 'identifier:a', ')']],
  ['1 .5 1e-3 0x1F 1_000 5m30s', ['number:1', 'number:.5', 'number:1e-3', 'number:0x1F', 'number:1_000', 'duration:5m30s']],
  ['inf NaN', ['number:inf', 'number:NaN']],
  ['a # b\n+ c', ['identifier:a', '+', 'identifier:c']],
  ['a{sum=~"x",on!=\'y\'}', ['identifier:a', '{', 'identifier:sum', '=~', 'string:"x"', ',', 'identifier:on', '!=', "string:'y'", '}']],
  ['x[5m:1m]', ['identifier:x', '[', 'duration:5m', ':', 'duration:1m', ']']],
  ['a</b>/c', ['identifier:a', '</', 'identifier:b', '>/', 'identifier:c']],
  ['fill fill(0)', ['identifier:fill', 'fill', '(', 'number:0', ')']],
  ['`a\\nb`', ['string:`a\\nb`']],
])('%s', (query, tokens) => {
  expect(f(query)).toEqual(tokens)
})

test('tokens know where they stand', () => {
  expect([...lex(' up  1')].map((t) => [t.start, t.end])).toEqual([
    [1, 3],
    [5, 6],
    [6, 6],
  ])
})
