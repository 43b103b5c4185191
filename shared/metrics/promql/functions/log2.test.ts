import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('log2 is the logarithm to base 2', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 8
      x{i="1"} 0.25
      x{i="2"} -1

    eval instant at 0 log2(x)
      {i="0"} 3
      {i="1"} -2
      {i="2"} NaN
    `),
  ).toEqual([])
})

test('log2 ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 log2(h)
    `),
  ).toEqual([])
})
