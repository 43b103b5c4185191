import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('rad turns degrees into radians', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 180
      x{i="1"} 90

    eval instant at 0 rad(x)
      {i="0"} 3.141592653589793
      {i="1"} 1.5707963267948966
    `),
  ).toEqual([])
})

test('rad ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 rad(h)
    `),
  ).toEqual([])
})
