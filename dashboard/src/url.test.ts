import { expect, test } from 'vitest'
import { choice, list, number, parseSearch, readUrl, safeNext, stringifySearch, text, writeUrl } from './url.ts'

const shape = { q: text(), state: list(), arrange: choice('groups', 'flat'), page: number(1) }

test('an empty address is the default view', () => {
  expect(readUrl(shape, {})).toEqual({ q: '', state: [], arrange: 'groups', page: 1 })
})

test('a value that no codec knows reads as the default', () => {
  expect(readUrl(shape, { arrange: 'spiral', page: 'x' })).toMatchObject({ arrange: 'groups', page: 1 })
})

test('a view survives the way into the address and back', () => {
  const search = writeUrl(shape, {}, { q: 'a & b=ü', state: ['down', 'paused'], arrange: 'flat', page: 3 })
  expect(readUrl(shape, parseSearch(stringifySearch(search)))).toEqual({
    q: 'a & b=ü',
    state: ['down', 'paused'],
    arrange: 'flat',
    page: 3,
  })
})

test('a parameter back at its default leaves the address', () => {
  expect(writeUrl(shape, { q: 'x', arrange: 'flat' }, { q: '', arrange: 'groups' })).toEqual({})
})

test('parameters of other releases are kept', () => {
  expect(writeUrl(shape, { later: '1' }, { q: 'x' })).toEqual({ later: '1', q: 'x' })
})

test('times and lists stay readable in the address', () => {
  expect(stringifySearch({ from: '2026-11-23T14:00:00Z', state: 'down,paused' })).toBe('?from=2026-11-23T14:00:00Z&state=down,paused')
})

test('signing in leads only to a path of this origin', () => {
  expect(safeNext('/monitors?state=down')).toBe('/monitors?state=down')
  for (const hostile of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:x',
    '/sign-in?next=/',
  ])
    expect(safeNext(hostile)).toBe('/')
})
