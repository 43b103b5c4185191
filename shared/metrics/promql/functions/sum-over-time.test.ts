import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sum_over_time adds up the window', async () => {
  expect(
    await failures(`
    load 10s
      g 1 2 3 4

    eval instant at 30s sum_over_time(g[30s])
      {} 9
    `),
  ).toEqual([])
})

test('sum_over_time loses nothing to rounding', async () => {
  expect(
    await failures(`
    load 10s
      g 1 1e100 1 -1e100

    eval instant at 30s sum_over_time(g[1m])
      {} 2
    `),
  ).toEqual([])
})

test('sum_over_time adds histograms', async () => {
  expect(
    await failures(`
    load 10s
      h {{count:1 sum:2 buckets:[1]}}x2

    eval instant at 20s sum_over_time(h[1m])
      {} {{count:3 sum:6 buckets:[3]}}
    `),
  ).toEqual([])
})

test('sum_over_time refuses to mix kinds', async () => {
  expect(
    await failures(`
    load 10s
      g 1 {{count:1}}

    eval instant at 10s sum_over_time(g[1m])
      expect warn msg: PromQL warning: encountered a mix of histograms and floats for metric name "g" (1:15)
    `),
  ).toEqual([])
})
