import { expect, test } from 'vitest'
import { CATCH_UP_MS, DELAY_MS, dueAt, floorTo, nextAt, offsetOf } from './schedule.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 23, 8, 0, 30)

test('instants of a rule lie on one grid for ever, whatever the clock says when it is asked', () => {
  const offset = offsetOf('019aaaaa-0000-7000-8000-000000000001', MINUTE)
  expect(offset % 1000).toBe(0)
  expect(offset).toBeGreaterThanOrEqual(0)
  expect(offset).toBeLessThan(MINUTE)
  for (let i = 0; i < 500; i++) expect((floorTo(NOW + i * 777, MINUTE, offset) - offset) % MINUTE).toBe(0)
})

test('rules spread over their interval', () => {
  const offsets = new Set(Array.from({ length: 300 }, (_, i) => offsetOf(`rule-${i}`, MINUTE)))
  expect(offsets.size).toBeGreaterThan(40)
})

test('a new rule begins with its last instant, alone', () => {
  const due = dueAt(null, MINUTE, 0, NOW)
  expect(due).toEqual({ start: NOW - 30_000, end: NOW - 30_000, step: MINUTE, gap: null })
})

test('an instant is due once its samples had their time to arrive', () => {
  const at = Date.UTC(2026, 10, 23, 8, 1)
  expect(dueAt(at - MINUTE, MINUTE, 0, at + DELAY_MS - 1)).toBeNull()
  expect(dueAt(at - MINUTE, MINUTE, 0, at + DELAY_MS)).toMatchObject({ start: at, end: at })
  expect(nextAt(at + DELAY_MS, MINUTE, 0)).toBe(at + MINUTE + DELAY_MS)
})

test('missed instants of the last hour are all due, older ones are a gap that is told', () => {
  const last = floorTo(NOW, MINUTE, 0) - 5 * MINUTE
  expect(dueAt(last, MINUTE, 0, NOW)).toEqual({ start: last + MINUTE, end: last + 5 * MINUTE, step: MINUTE, gap: null })
  const long = dueAt(last - 300 * MINUTE, MINUTE, 0, NOW)
  expect(long!.end - long!.start).toBe(CATCH_UP_MS)
  expect(long!.gap).toEqual({ from: last - 299 * MINUTE, to: long!.start - MINUTE, count: 305 - 61 })
})
