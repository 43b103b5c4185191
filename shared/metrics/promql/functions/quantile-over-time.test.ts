import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('quantile_over_time weighs between neighbours', async () => {
  expect(
    await failures(`
    load 10s
      g 4 1 3 2

    eval instant at 30s quantile_over_time(0.5, g[1m])
      {} 2.5
    `),
  ).toEqual([])
})

test('quantile_over_time warns of what is no quantile', async () => {
  expect(
    await failures(`
    load 10s
      g 1

    eval instant at 0 quantile_over_time(2, g[1m])
      expect warn msg: PromQL warning: quantile value should be between 0 and 1, got 2 (1:20)
      {} +Inf
    `),
  ).toEqual([])
})
