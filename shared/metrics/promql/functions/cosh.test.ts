import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('cosh is the hyperbolic function', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 0
      x{i="1"} 1
      x{i="2"} -1
      x{i="3"} NaN

    eval instant at 0 cosh(x)
      {i="0"} 1.0
      {i="1"} 1.5430806348152437
      {i="2"} 1.5430806348152437
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('cosh ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 cosh(h)
    `),
  ).toEqual([])
})
