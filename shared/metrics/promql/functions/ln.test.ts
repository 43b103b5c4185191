import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('ln is the natural logarithm', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1
      x{i="1"} 2.718281828459045
      x{i="2"} 0
      x{i="3"} -1

    eval instant at 0 ln(x)
      {i="0"} 0
      {i="1"} 1
      {i="2"} -Inf
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('ln ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 ln(h)
    `),
  ).toEqual([])
})
