import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_sum is the sum of observations', async () => {
  expect(
    await failures(`
    load 1m
      h {{schema:0 count:10 sum:20 buckets:[2 4 4]}}

    eval instant at 0 histogram_sum(h)
      {} 20
    `),
  ).toEqual([])
})
