import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('stddev_over_time is the population standard deviation', async () => {
  expect(
    await failures(`
    load 10s
      g 2 4 4 4 5 5 7 9

    eval instant at 70s stddev_over_time(g[2m])
      {} 2
    `),
  ).toEqual([])
})
