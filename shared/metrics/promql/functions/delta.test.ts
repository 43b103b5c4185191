import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('delta is the difference, falling or rising', async () => {
  expect(
    await failures(`
    load 1m
      g 10-1x10

    eval instant at 10m delta(g[5m])
      {} -5
    `),
  ).toEqual([])
})

test('delta warns of histograms that are counters', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:2}}x2

    eval instant at 2m delta(h[2m])
      expect warn msg: PromQL warning: this native histogram metric is not a gauge: "h" (1:7)
      {} {{}}
    `),
  ).toEqual([])
})
