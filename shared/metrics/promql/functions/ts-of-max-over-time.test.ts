import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('ts_of_max_over_time is the last time of the maximum', async () => {
  expect(
    await failures(`
    load 10s
      g 3 1 3 2

    eval instant at 30s ts_of_max_over_time(g[1m])
      {} 20
    `),
  ).toEqual([])
})
