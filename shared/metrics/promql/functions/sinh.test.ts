import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sinh is the hyperbolic function', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 sinh(x)
      {i="0"} 0.0
      {i="1"} 1.1752011936438014
      {i="2"} -1.1752011936438014
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('sinh ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 sinh(h)
    `),
  ).toEqual([])
})
