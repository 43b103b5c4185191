import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('ceil rounds up', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1.2
      x{i="1"} -1.2
      x{i="2"} 3

    eval instant at 0 ceil(x)
      {i="0"} 2
      {i="1"} -1
      {i="2"} 3
    `),
  ).toEqual([])
})

test('ceil ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 ceil(h)
    `),
  ).toEqual([])
})
