import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('exp raises e to the value', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -Inf

    eval instant at 0 exp(x)
      {i="0"} 1
      {i="1"} 2.718281828459045
      {i="2"} 0
    `),
  ).toEqual([])
})

test('exp ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 exp(h)
    `),
  ).toEqual([])
})
