import { describe, expect, test } from 'vitest'
import { printMatcher } from '../matcher.ts'
import { parse } from '../syntax/parse.ts'
import { print } from '../syntax/print.ts'
import { plan } from './plan.ts'

const minute = 60_000
const query = { start: 60 * minute, end: 120 * minute, step: minute }
const planned = (text: string) => plan(parse(text), { query, lookbackMs: 5 * minute, defaultStepMs: minute })

describe('reads from the storage, in minutes', () => {
  const reads = (text: string) => planned(text).fetches.map((f) => [(f.from - 1) / minute, f.to / minute])
  test.each([
    ['x', [[55, 120]]],
    ['x offset 10m', [[45, 110]]],
    ['x offset -10m', [[65, 130]]],
    ['x @ 600', [[5, 10]]],
    ['x @ end()', [[115, 120]]],
    ['x @ start() offset 5m', [[50, 55]]],
    ['rate(x[10m])', [[50, 120]]],
    ['rate(x[10m] anchored)', [[45, 120]]],
    ['rate(x[10m] smoothed)', [[45, 125]]],
    ['x smoothed', [[55, 125]]],
    ['max_over_time(x[30m:1m])', [[25, 120]]],
    ['max_over_time(rate(x[10m])[30m:1m] offset 1h)', [[-40, 60]]],
    ['max_over_time(x[30m:1m] @ 3600)', [[25, 60]]],
    ['max_over_time((x @ 600)[30m:1m])', [[5, 10]]],
    [
      'x + y offset 1h',
      [
        [55, 120],
        [-5, 60],
      ],
    ],
    ['x[step() * 3]', [[57, 120]]],
    ['1 + 1', []],
  ])('%s', (text, expected) => {
    expect(reads(text)).toEqual(expected)
  })
})

test('info() reads the info series as of the time of its first selector', () => {
  const [, info] = planned('info(x offset 10m, {k="v"})').fetches
  expect([info?.matchers.map(printMatcher), info && (info.from - 1) / minute, info && info.to / minute]).toEqual([
    ['__name__="target_info"', 'k="v"'],
    45,
    110,
  ])
})

describe('the storage is told what a selection is for', () => {
  test.each([
    ['x', { func: '', grouping: [], by: false, rangeMs: 0, stepMs: minute }],
    ['rate(x[5m])', { func: 'rate', grouping: [], by: false, rangeMs: 5 * minute, stepMs: minute }],
    ['sum by (a) (x)', { func: 'sum', grouping: ['a'], by: true, rangeMs: 0, stepMs: minute }],
    ['sum without (a) (x)', { func: 'sum', grouping: ['a'], by: false, rangeMs: 0, stepMs: minute }],
    ['sum by (a) (rate(x[5m]))', { func: 'rate', grouping: [], by: false, rangeMs: 5 * minute, stepMs: minute }],
    ['max_over_time(rate(x[5m])[1h:10m])', { func: 'rate', grouping: [], by: false, rangeMs: 5 * minute, stepMs: 10 * minute }],
  ])('%s', (text, hints) => {
    expect(planned(text).fetches[0]?.hints).toEqual(hints)
  })
})

describe('what is the same at every step is evaluated once', () => {
  test.each([
    ['x @ 5', ['x @ 5.000']],
    ['sum(rate(x[5m] @ end())) * 2', ['sum(rate(x[5m] @ end())) * 2']],
    ['x + y @ 5', ['y @ 5.000']],
    ['time() + x @ 5', ['x @ 5.000']],
    ['vector(1)', ['vector(1)']],
    ['vector(time())', []],
    ['topk(time(), x @ 5)', ['topk(time(), x @ 5.000)']],
    ['max_over_time((x @ 5)[5m:1m])', ['(x @ 5.000)']],
    ['x', []],
  ])('%s', (text, expected) => {
    expect([...planned(text).invariant].map(print)).toEqual(expected)
  })
})
