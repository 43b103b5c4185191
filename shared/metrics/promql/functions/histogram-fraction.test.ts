import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_fraction is the share of observations between two values', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket{le="1"} 2
      l_bucket{le="2"} 6
      l_bucket{le="+Inf"} 8

    eval instant at 0 histogram_fraction(1, 2, l_bucket)
      {} 0.5
    `),
  ).toEqual([])
})

test('histogram_fraction reads native histograms too', async () => {
  expect(
    await failures(`
    load 1m
      h {{schema:0 count:10 buckets:[2 4 4]}}

    eval instant at 0 histogram_fraction(0, 1, h)
      {} 0.2
    `),
  ).toEqual([])
})
