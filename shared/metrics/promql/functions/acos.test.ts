import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('acos works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1
      x{i="1"} 0.5
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 acos(x)
      {i="0"} 0.0
      {i="1"} 1.0471975511965979
      {i="2"} 3.141592653589793
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('acos ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 acos(h)
    `),
  ).toEqual([])
})
