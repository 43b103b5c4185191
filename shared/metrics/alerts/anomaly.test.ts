import { expect, test } from 'vitest'
import { bandOf, median, outside, train, trainedUntil, widths } from './anomaly.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Monday. */
const BEGIN = Date.UTC(2026, 10, 2)
const anomaly = { sensitivity: 50, trigger: 'any' as const, trainingDays: 14 }

/** 14 days at ten minutes: `of` the hour of the day and the day of the week, with a small saw on top. */
function taught(of: (hour: number, weekday: number) => number, change: (i: number, v: number) => number = (_, v) => v) {
  const times = Array.from({ length: 14 * 144 }, (_, i) => BEGIN + i * 600_000)
  const saw = (i: number) => ((i * 7919) % 11) / 10 - 0.5
  const values = times.map((t, i) => change(i, of(((t - BEGIN) % DAY) / HOUR, Math.floor((t - BEGIN) / DAY) % 7) + saw(i)))
  return train(times, values)!
}

test('what is usual follows the hour of the day', () => {
  const b = taught((hour) => (hour >= 9 && hour < 18 ? 100 : 10))
  const at = (hour: number) => bandOf(b, anomaly, BEGIN + 14 * DAY + hour * HOUR)
  expect(at(13.5).expected).toBeCloseTo(100, 0)
  expect(at(3.5).expected).toBeCloseTo(10, 0)
  expect(outside(at(3.5), 100, 'any')).toBe(true)
  expect(outside(at(13.5), 100, 'any')).toBe(false)
})

test('two weeks teach weekends too', () => {
  const b = taught((_, weekday) => (weekday >= 5 ? 20 : 80))
  expect(bandOf(b, anomaly, BEGIN + 19.5 * DAY).expected).toBeCloseTo(20, 0)
  expect(bandOf(b, anomaly, BEGIN + 15.5 * DAY).expected).toBeCloseTo(80, 0)
})

test('an outage in the training data teaches nothing', () => {
  const calm = taught(() => 50)
  const hurt = taught(
    () => 50,
    (i, v) => (i > 1000 && i < 1040 ? 0 : v),
  )
  expect(bandOf(hurt, anomaly, BEGIN + 14.5 * DAY).expected).toBeCloseTo(bandOf(calm, anomaly, BEGIN + 14.5 * DAY).expected, 1)
})

test('a trend goes on for two days and not for ever', () => {
  const b = taught(
    () => 0,
    (i, v) => v + i / 144,
  )
  expect(bandOf(b, anomaly, BEGIN + 15 * DAY).expected).toBeCloseTo(15, 0)
  expect(bandOf(b, anomaly, BEGIN + 60 * DAY).expected).toBeLessThan(18)
})

test('a higher number is less sensitive; higher and lower look one way only', () => {
  expect([0, 50, 100].map(widths)).toEqual([3, 6, 9])
  const band = { expected: 5, lower: 0, upper: 10 }
  expect([outside(band, 11, 'lower'), outside(band, 11, 'higher'), outside(band, -1, 'lower'), outside(band, -1, 'higher')]).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('too little, or nothing but gaps, teaches nothing', () => {
  expect(train([BEGIN], [1])).toBeNull()
  expect(
    train(
      Array.from({ length: 500 }, (_, i) => BEGIN + i * 600_000),
      Array(500).fill(Number.NaN),
    ),
  ).toBeNull()
})

test('a constant still has a band, and anything else lies outside of it', () => {
  const times = Array.from({ length: 500 }, (_, i) => BEGIN + i * 600_000)
  const band = bandOf(
    train(
      times,
      times.map(() => 7),
    )!,
    anomaly,
    BEGIN + 4 * DAY,
  )
  expect(outside(band, 7, 'any')).toBe(false)
  expect(outside(band, 8, 'any')).toBe(true)
})

test('a day is judged by what was learnt before it', () => {
  expect(trainedUntil(BEGIN + 13 * HOUR)).toBe(BEGIN)
})

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], 0],
])('the median of %j is %d', (values, expected) => {
  expect(median(values as number[])).toBe(expected)
})
