import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('tan works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 tan(x)
      {i="0"} 0.0
      {i="1"} 1.5574077246549023
      {i="2"} -1.5574077246549023
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('tan ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 tan(h)
    `),
  ).toEqual([])
})
