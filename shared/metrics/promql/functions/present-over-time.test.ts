import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('present_over_time is 1 wherever there was a sample', async () => {
  expect(
    await failures(`
    load 10s
      g 7 _ _

    eval instant at 20s present_over_time(g[30s])
      {} 1

    eval instant at 1m present_over_time(g[30s])
    `),
  ).toEqual([])
})
