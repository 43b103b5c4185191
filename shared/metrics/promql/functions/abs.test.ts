import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('abs takes the sign away', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} -3
      x{i="1"} 2.5
      x{i="2"} -Inf
      x{i="3"} NaN

    eval instant at 0 abs(x)
      {i="0"} 3
      {i="1"} 2.5
      {i="2"} +Inf
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('abs ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 abs(h)
    `),
  ).toEqual([])
})
