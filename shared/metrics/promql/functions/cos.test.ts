import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('cos works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} 3
      x{i="3"} NaN

    eval instant at 0 cos(x)
      {i="0"} 1.0
      {i="1"} 0.5403023058681398
      {i="2"} -0.9899924966004454
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('cos ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 cos(h)
    `),
  ).toEqual([])
})
