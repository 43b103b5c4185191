import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sgn is -1, 0 or 1', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} -7
      x{i="1"} 0
      x{i="2"} 0.1
      x{i="3"} NaN

    eval instant at 0 sgn(x)
      {i="0"} -1
      {i="1"} 0
      {i="2"} 1
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('sgn ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 sgn(h)
    `),
  ).toEqual([])
})
