import { expect, test } from 'vitest'
import { lengthOf, pagesOf, type Section, spotAt } from './sections.ts'

const section = (key: string, rows: number, over: Partial<Section> = {}): Section => ({
  key,
  heading: true,
  rows,
  open: true,
  more: false,
  ...over,
})

test('a section is its heading, its rows, and the way to the rest', () => {
  const list = [section('not up', 2, { more: true }), section('payments', 1)]
  expect(lengthOf(list)).toBe(6)
  expect([0, 1, 2, 3, 4, 5, 6].map((i) => spotAt(list, i))).toEqual([
    { section: 0, kind: 'heading' },
    { section: 0, kind: 'row', row: 0 },
    { section: 0, kind: 'row', row: 1 },
    { section: 0, kind: 'more' },
    { section: 1, kind: 'heading' },
    { section: 1, kind: 'row', row: 0 },
    undefined,
  ])
})

test('a closed section is its heading alone', () => {
  const list = [section('a', 400, { open: false, more: true }), section('b', 1)]
  expect(lengthOf(list)).toBe(3)
  expect(spotAt(list, 1)).toEqual({ section: 1, kind: 'heading' })
})

test('a flat list has no heading to subtract', () => {
  const list = [section('all', 10_000, { heading: false })]
  expect(lengthOf(list)).toBe(10_000)
  expect(spotAt(list, 9_999)).toEqual({ section: 0, kind: 'row', row: 9_999 })
})

test('only the pages under the window are asked for', () => {
  expect(pagesOf([section('all', 10_000, { heading: false })], 95, 130, 100)).toEqual([
    { section: 0, page: 1 },
    { section: 0, page: 2 },
  ])
  expect(pagesOf([section('a', 5), section('b', 300)], 0, 20, 100)).toEqual([
    { section: 0, page: 1 },
    { section: 1, page: 1 },
  ])
})
