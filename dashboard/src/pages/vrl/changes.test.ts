import { expect, test } from 'vitest'
import { changes } from './changes.ts'

const told = (a: unknown, b: unknown) => changes(a, b).map((l) => `${{ added: '+', removed: '-', kept: ' ' }[l.sign]} ${l.path} ${l.value}`)

test('kept, changed, added and removed fields', () => {
  expect(told({ a: 1, b: { c: 'x', 'd e': [1, 2] }, gone: true }, { a: 1, b: { c: 'y', 'd e': [1] }, more: null })).toEqual([
    '  .a 1',
    '  .b."d e"[0] 1',
    '- .b."d e"[1] 2',
    '- .b.c "x"',
    '+ .b.c "y"',
    '- .gone true',
    '+ .more null',
  ])
})

test('an event that is gone, one that came, and one that is no object', () => {
  expect(told({ a: 1 }, {})).toEqual(['+ . {}', '- .a 1'])
  expect(told('text', { message: 'text' })).toEqual(['- . "text"', '+ .message "text"'])
})
