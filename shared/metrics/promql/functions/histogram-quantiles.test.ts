import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_quantiles tells quantiles apart by a label', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket{le="1"} 2
      l_bucket{le="2"} 6
      l_bucket{le="+Inf"} 8

    eval instant at 0 histogram_quantiles(l_bucket, "q", 0.5, 1)
      {q="0.5"} 1.5
      {q="1.0"} 2
    `),
  ).toEqual([])
})
