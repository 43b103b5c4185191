import { expect, test } from 'vitest'
import { readUrl, writeUrl } from '../../url.ts'
import { around, rangeIn, shape, windowOf, withinOf } from './view.ts'

const now = Date.parse('2026-11-23T14:00:00Z')
const range = { from: now - 1_800_000, to: now }

test('an address without a range shows the last half hour', () => {
  expect(rangeIn({ from: '', to: '' }, now)).toEqual({ ...range, live: '30m' })
  expect(rangeIn({ from: 'nonsense', to: '' }, now)).toEqual({ ...range, live: '30m' })
})

test('a chosen window survives the address, cut to the range; one outside of it is none', () => {
  const window = { from: now - 600_000, to: now - 300_000 }
  const read = readUrl(shape, writeUrl(shape, {}, { within: withinOf(window) }))
  expect(windowOf(read.within, range)).toEqual(window)
  expect(windowOf(withinOf({ from: 0, to: now - 300_000 }), range)).toEqual({ from: range.from, to: now - 300_000 })
  expect(windowOf(withinOf({ from: 0, to: 1 }), range)).toBeNull()
  expect(windowOf(['x', 'y'], range)).toBeNull()
  expect(windowOf([], range)).toBeNull()
})

test('lines around keep the source and open the line in the middle', () => {
  const view = { ...readUrl(shape, { q: 'timeout', mode: 'live' }), ...around('2026-11-23T14:00:00.5Z', 's1', 'id1') }
  expect(view).toMatchObject({ mode: 'filter', q: '', src: ['s1'], open: 'id1' })
  expect(rangeIn(view, now)).toMatchObject({ from: now - 29_500, to: now + 30_500, live: null })
})
