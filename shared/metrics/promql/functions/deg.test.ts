import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('deg turns radians into degrees', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 3.141592653589793
      x{i="1"} 0

    eval instant at 0 deg(x)
      {i="0"} 180
      {i="1"} 0
    `),
  ).toEqual([])
})

test('deg ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 deg(h)
    `),
  ).toEqual([])
})
