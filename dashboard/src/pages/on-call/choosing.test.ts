import { expect, test } from 'vitest'
import { dragged, isTap, moved, tapped } from './choosing.ts'
import { daysFrom } from './days.ts'

const H = 3_600_000
const before = { from: 10 * H, to: 14 * H }

test('a new time lies between where the drag began and where it stands, in either direction', () => {
  expect(dragged({ part: 'new', at: 10 * H, before: null }, 12 * H)).toEqual({ from: 10 * H, to: 12 * H })
  expect(dragged({ part: 'new', at: 10 * H, before: null }, 7 * H)).toEqual({ from: 7 * H, to: 10 * H })
})

test('a handle moves its own end and keeps an hour; the block moves whole', () => {
  expect(dragged({ part: 'from', at: 10 * H, before }, 8 * H)).toEqual({ from: 8 * H, to: 14 * H })
  expect(dragged({ part: 'from', at: 10 * H, before }, 20 * H)).toEqual({ from: 13 * H, to: 14 * H })
  expect(dragged({ part: 'to', at: 14 * H, before }, 2 * H)).toEqual({ from: 10 * H, to: 11 * H })
  expect(dragged({ part: 'body', at: 11 * H, before }, 13 * H)).toEqual({ from: 12 * H, to: 16 * H })
})

test('arrows move by an hour, with Shift by a day; up and down change the end', () => {
  const f = (key: string, shiftKey = false) => moved(before, { key, shiftKey })
  expect(f('ArrowRight')).toEqual({ from: 11 * H, to: 15 * H })
  expect(f('ArrowLeft', true)).toEqual({ from: -14 * H, to: -10 * H })
  expect(f('ArrowUp')).toEqual({ from: 10 * H, to: 15 * H })
  expect(f('ArrowDown', true)).toEqual({ from: 10 * H, to: 11 * H })
  expect(f('Enter')).toBeNull()
})

test('a tap is four hours from the beginning of its hour, where clocks stand at half hours too', () => {
  const days = daysFrom('2026-03-23', '2w', 'Asia/Kolkata', 0)
  const ten = Date.parse('2026-03-24T10:00:00+05:30')
  expect(tapped(days, ten + 40 * 60_000)).toEqual({ from: ten, to: ten + 4 * H })
  expect(isTap({ part: 'new', at: ten, before: null }, ten + 60_000)).toBe(true)
  expect(isTap({ part: 'body', at: ten, before }, ten)).toBe(false)
})
