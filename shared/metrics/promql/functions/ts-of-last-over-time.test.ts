import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('ts_of_last_over_time is when the newest sample was taken', async () => {
  expect(
    await failures(`
    load 10s
      g 1 2 _

    eval instant at 25s ts_of_last_over_time(g[1m])
      {} 10
    `),
  ).toEqual([])
})
