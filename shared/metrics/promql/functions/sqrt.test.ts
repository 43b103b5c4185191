import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sqrt is the square root', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 9
      x{i="1"} -1
      x{i="2"} 2

    eval instant at 0 sqrt(x)
      {i="0"} 3
      {i="1"} NaN
      {i="2"} 1.4142135623730951
    `),
  ).toEqual([])
})

test('sqrt ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 sqrt(h)
    `),
  ).toEqual([])
})
