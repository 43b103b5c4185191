import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('log10 is the logarithm to base 10', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1000
      x{i="1"} 0.01
      x{i="2"} 0

    eval instant at 0 log10(x)
      {i="0"} 3
      {i="1"} -2
      {i="2"} -Inf
    `),
  ).toEqual([])
})

test('log10 ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 log10(h)
    `),
  ).toEqual([])
})
