import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sin works in radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -2
      x{i="3"} NaN

    eval instant at 0 sin(x)
      {i="0"} 0.0
      {i="1"} 0.8414709848078965
      {i="2"} -0.9092974268256817
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('sin ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 sin(h)
    `),
  ).toEqual([])
})
