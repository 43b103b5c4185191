import { expect, test } from 'vitest'
import { bundles, fullBucket, monthOf, noPlan, overQuota, secondsUntil, untilNextMonth } from './plans.ts'

const used = (logs: number, traces = 0, metrics = 0) => ({ logs, traces, metrics })

test('bundles hold what the seed says', () => {
  expect(Object.values(bundles).map(({ price, logs, traces, metrics }) => [price, logs / 1e9, traces / 1e9, metrics / 1e9])).toEqual([
    [0, 3, 3, 0.15],
    [30, 50, 50, 2.5],
    [120, 210, 210, 11],
    [250, 450, 450, 30],
    [500, 925, 925, 70],
  ])
})

test('a used-up signal is over, the others are not; with overage a bundle takes more, no bundle never does', () => {
  expect(overQuota(noPlan, used(3e9 - 1, 3e9 - 1))).toEqual([])
  expect(overQuota(noPlan, used(3e9))).toEqual(['logs'])
  expect(overQuota({ ...noPlan, overage: true }, used(3e9))).toEqual(['logs'])
  expect(overQuota({ ...noPlan, bundle: 'nano' }, used(50e9, 50e9, 2.5e9))).toEqual(['logs', 'traces', 'metrics'])
  expect(overQuota({ ...noPlan, bundle: 'nano', overage: true }, used(500e9))).toEqual([])
})

test('a source may send ten seconds of its rate at once, then its rate', () => {
  const bucket = fullBucket(100, 0)
  bucket.level -= 1000
  expect(secondsUntil(bucket, 100, 0)).toBe(1)
  expect(secondsUntil(bucket, 100, 1)).toBe(0)
  bucket.level -= 500
  const wait = secondsUntil(bucket, 100, 1)
  expect(wait).toBe(5)
  expect(secondsUntil(bucket, 100, 1 + wait * 1000)).toBe(0)
  expect(secondsUntil(bucket, 100, 1e9)).toBe(0)
  expect(bucket.level).toBe(1000)
})

test('a clock that goes back gives nothing', () => {
  const bucket = { level: -50, at: 10_000 }
  expect(secondsUntil(bucket, 100, 5000)).toBe(1)
  expect(bucket).toEqual({ level: -50, at: 10_000 })
})

test('a month is a calendar month in UTC', () => {
  const at = Date.UTC(2026, 11, 31, 23, 59, 30)
  expect(monthOf(at)).toBe(Date.UTC(2026, 11, 1))
  expect(untilNextMonth(at)).toBe(30)
  expect(untilNextMonth(Date.UTC(2026, 11, 2))).toBe(86_400)
})
