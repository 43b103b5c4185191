import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('floor rounds down', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1.8
      x{i="1"} -1.2
      x{i="2"} 3

    eval instant at 0 floor(x)
      {i="0"} 1
      {i="1"} -2
      {i="2"} 3
    `),
  ).toEqual([])
})

test('floor ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 floor(h)
    `),
  ).toEqual([])
})
