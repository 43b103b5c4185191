import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('max_over_time is the largest, NaN only where there is nothing else', async () => {
  expect(
    await failures(`
    load 10s
      g NaN 3 1
      n NaN NaN NaN

    eval instant at 20s max_over_time(g[1m])
      {} 3

    eval instant at 20s max_over_time(n[1m])
      {} NaN
    `),
  ).toEqual([])
})

test('max_over_time says that histograms are left out', async () => {
  expect(
    await failures(`
    load 10s
      g 1 {{count:1}}

    eval instant at 10s max_over_time(g[1m])
      expect info msg: PromQL info: ignored histograms in a range containing both floats and histograms for metric name "g" (1:15)
      {} 1
    `),
  ).toEqual([])
})
