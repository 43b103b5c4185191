import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('asin works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 0.5
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 asin(x)
      {i="0"} 0.0
      {i="1"} 0.5235987755982989
      {i="2"} -1.5707963267948966
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('asin ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 asin(h)
    `),
  ).toEqual([])
})
