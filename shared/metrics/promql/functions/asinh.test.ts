import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('asinh is the hyperbolic function', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 asinh(x)
      {i="0"} 0.0
      {i="1"} 0.881373587019543
      {i="2"} -0.881373587019543
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('asinh ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 asinh(h)
    `),
  ).toEqual([])
})
