import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('min_over_time is the smallest', async () => {
  expect(
    await failures(`
    load 10s
      g 2 NaN 1

    eval instant at 20s min_over_time(g[1m])
      {} 1
    `),
  ).toEqual([])
})
