import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_quantile interpolates within a classic bucket', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket{le="1"} 2
      l_bucket{le="2"} 6
      l_bucket{le="+Inf"} 8

    eval instant at 0 histogram_quantile(0.5, l_bucket)
      {} 1.5
    `),
  ).toEqual([])
})

test('histogram_quantile gives the last bound for what lies beyond', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket{le="1"} 2
      l_bucket{le="2"} 6
      l_bucket{le="+Inf"} 8

    eval instant at 0 histogram_quantile(0.99, l_bucket)
      {} 2
    `),
  ).toEqual([])
})

test('histogram_quantile interpolates on a logarithmic scale in native buckets', async () => {
  expect(
    await failures(`
    load 1m
      h {{schema:0 count:10 buckets:[0 10]}}

    eval instant at 0 histogram_quantile(0.5, h)
      {} 1.4142135623730951
    `),
  ).toEqual([])
})

test('histogram_quantile says which buckets it mended', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket{le="1"} 4
      l_bucket{le="2"} 3
      l_bucket{le="+Inf"} 8

    eval instant at 0 histogram_quantile(0.5, l_bucket)
      expect info regex: needed to be fixed for monotonicity .* for metric name "l_bucket", from buckets 2 to 2, with a max diff of 1, over 1 samples from .* to .* \\(1:25\\)
      {} 1
    `),
  ).toEqual([])
})

test('histogram_quantile warns of buckets without a bound', async () => {
  expect(
    await failures(`
    load 1m
      l_bucket 4

    eval instant at 0 histogram_quantile(0.5, l_bucket)
      expect warn msg: PromQL warning: bucket label "le" is missing or has a malformed value of "" for metric name "l_bucket" (1:25)
    `),
  ).toEqual([])
})
