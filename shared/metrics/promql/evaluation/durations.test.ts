import { expect, test } from 'vitest'
import { parse } from '../syntax/parse.ts'
import { resolveDuration } from './durations.ts'

const query = { start: 0, end: 600_000, step: 15_000 }

function f(range: string): number | string {
  const expr = parse(`x[${range}]`)
  if (expr.kind !== 'matrix') return expr.kind
  try {
    return resolveDuration(expr.range, query, false)
  } catch (e) {
    return e instanceof Error ? e.message : String(e)
  }
}

test.each([
  ['5m', 300_000],
  ['90', 90_000],
  ['1.5', 1500],
  ['0.0014', 1],
  ['1m + 30s', 90_000],
  ['2 * 1m - 30', 90_000],
  ['-(-1m)', 60_000],
  ['2 ^ 2 ^ 2', 16_000],
  ['-2 ^ 2 + 5m', 296_000],
  ['7 % 4', 3000],
  ['step()', 15_000],
  ['range() / 2', 300_000],
  ['max_of(step(), 1m)', 60_000],
  ['min_of(step(), 1m)', 15_000],
  ['1m / (1m - 1m)', '2:15: division by zero'],
  ['1m % (1m - 1m)', '2:15: modulo by zero'],
  ['1m - 1m', '2:9: duration must be greater than 0'],
  ['(1m - 2m)', '3:10: duration must be greater than 0'],
  ['10 ^ 400', '2:10: duration is NaN or infinite'],
  ['10 ^ 30', '2:9: duration is out of range'],
])('[%s] is %s', (range, expected) => {
  expect(f(range)).toBe(expected)
})
