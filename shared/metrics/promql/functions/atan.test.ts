import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('atan works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -9
      x{i="3"} NaN

    eval instant at 0 atan(x)
      {i="0"} 0.0
      {i="1"} 0.7853981633974483
      {i="2"} -1.460139105621001
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('atan ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 atan(h)
    `),
  ).toEqual([])
})
