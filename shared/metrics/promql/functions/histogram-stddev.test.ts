import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_stddev is the root of the variance', async () => {
  expect(
    await failures(`
    load 1m
      h {{schema:-53 count:4 sum:8 custom_values:[0 2 4] buckets:[0 2 2]}}

    eval instant at 0 histogram_stddev(h)
      {} 1
    `),
  ).toEqual([])
})
