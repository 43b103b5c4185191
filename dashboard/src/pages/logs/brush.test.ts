import { expect, test } from 'vitest'
import { keyed, snapped } from './brush.ts'

const all = { from: 1000, to: 2000 }

test('a drag takes whole buckets, in either direction, and never leaves the range', () => {
  expect(snapped(1130, 1310, all, 100)).toEqual({ from: 1100, to: 1400 })
  expect(snapped(1310, 1130, all, 100)).toEqual({ from: 1100, to: 1400 })
  expect(snapped(0, 9999, all, 100)).toEqual(all)
  expect(snapped(1150, 1150, all, 100)).toEqual({ from: 1100, to: 1200 })
  expect(snapped(2000, 2000, all, 100)).toEqual({ from: 1900, to: 2000 })
  expect(snapped(1950, 1990, all, 300)).toEqual({ from: 1700, to: 2000 })
})

test('arrows move the window and stop at the ends; with Shift its right edge', () => {
  const window = { from: 1100, to: 1400 }
  expect(keyed('ArrowRight', false, window, all, 100)).toEqual({ from: 1200, to: 1500 })
  expect(keyed('ArrowLeft', false, { from: 1000, to: 1300 }, all, 100)).toEqual({ from: 1000, to: 1300 })
  expect(keyed('End', false, window, all, 100)).toEqual({ from: 1700, to: 2000 })
  expect(keyed('Home', false, window, all, 100)).toEqual({ from: 1000, to: 1300 })
  expect(keyed('ArrowRight', true, window, all, 100)).toEqual({ from: 1100, to: 1500 })
  expect(keyed('ArrowLeft', true, { from: 1100, to: 1200 }, all, 100)).toEqual({ from: 1100, to: 1200 })
  expect(keyed('End', true, window, all, 100)).toEqual({ from: 1100, to: 2000 })
  expect(keyed('ArrowLeft', false, null, all, 100)).toEqual({ from: 1900, to: 2000 })
  expect(keyed('a', false, window, all, 100)).toBeNull()
})
