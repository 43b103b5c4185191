import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('ts_of_first_over_time is when the oldest sample was taken', async () => {
  expect(
    await failures(`
    load 10s
      g _ 1 2

    eval instant at 20s ts_of_first_over_time(g[1m])
      {} 10
    `),
  ).toEqual([])
})
