import { expect, test } from 'vitest'
import * as kind from './kind.ts'
import { atPath, insertAt, removeAt } from './kind-path.ts'
import { kindText } from './kind-text.ts'

const user = kind.record({ name: kind.bytes, tags: kind.arrayOf(kind.bytes) })

test.each([
  [user, ['name'], 'string'],
  [user, ['age'], 'undefined'],
  [user, ['tags', 0], 'string or undefined'],
  [kind.any, ['a', 'b'], 'any'],
  [kind.tuple([kind.integer, kind.bytes]), [-1], 'string'],
])('%# a path has the kind %s', (k, path, text) => {
  expect(kindText(atPath(k, path))).toBe(text)
})

test.each([
  ['a field added', insertAt(user, ['age'], kind.integer), ['age'], 'integer'],
  ['a field replaced', insertAt(user, ['name'], kind.nothing), ['name'], 'null'],
  ['an item of a new array', insertAt(user, ['list', 1], kind.integer), ['list', 0], 'null'],
  ['a field removed', removeAt(user, ['name'], false), ['name'], 'undefined'],
  ['one of two objects', kind.union(user, kind.record({ name: kind.integer })), ['name'], 'string or integer'],
  ['only in one of them', kind.union(user, kind.record({})), ['name'], 'string or undefined'],
  ['the later of both', kind.union(user, kind.record({ name: kind.integer }), true), ['name'], 'integer'],
])('%s', (_, k, path, text) => {
  expect(kindText(atPath(k, path))).toBe(text)
})

test('what holds a part holds all of it', () => {
  expect(kind.isSuperset(kind.any, user)).toBe(true)
  expect(kind.isSuperset(kind.anyObject, user)).toBe(true)
  expect(kind.isSuperset(user, kind.anyObject)).toBe(false)
  expect(kind.isSuperset(kind.record({ a: kind.orNull(kind.bytes) }), kind.record({ a: kind.bytes }))).toBe(true)
})

test('a kind that doubles with every step stays small', () => {
  let k: kind.Kind = kind.integer
  for (let i = 0; i < 60; i++) k = kind.tuple([k, k])
  expect(kindText(kind.union(k, kind.tuple([k]))).length).toBeLessThan(100_000)
})
