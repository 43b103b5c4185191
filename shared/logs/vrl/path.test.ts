import { expect, test } from 'vitest'
import { get, insert, pathText, remove } from './path.ts'

const event = { a: { b: [1, { c: 2 }] }, n: null }

test.each([
  [['a', 'b', 1, 'c'], 2],
  [['a', 'b', -2], 1],
  [['a', 'b', 5], undefined],
  [['a', 'x', 'y'], undefined],
  [['n'], null],
  [['constructor'], undefined],
])('at %j is %j', (path, found) => {
  expect(get(event, path)).toBe(found)
})

test.each([
  [['a', 'b', 0], { a: { b: [9, { c: 2 }] }, n: null }],
  [['n', 'x'], { a: event.a, n: { x: 9 } }],
  [['a', 'b', 3], { a: { b: [1, { c: 2 }, null, 9] }, n: null }],
  [['a', 'b', -3], { a: { b: [9, 1, { c: 2 }] }, n: null }],
])('9 put at %j', (path, after) => {
  const before = structuredClone(event)
  expect(insert(event, path, 9)).toEqual(after)
  expect(event).toEqual(before)
})

test.each([
  [['a', 'b', 1, 'c'], false, { a: { b: [1, {}] }, n: null }],
  [['a', 'b', 1, 'c'], true, { a: { b: [1] }, n: null }],
  [['a', 'x'], false, event],
  [[], false, {}],
])('without %j (compact: %s)', (path, compact, after) => {
  expect(remove(event, path, compact)).toEqual(after)
})

test('paths are written as programs write them', () => {
  expect(pathText(['a', 0, 'b c', 'd'])).toBe('a[0]."b c".d')
})
