import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('acosh is the hyperbolic function', async () => {
  expect(
    await failures(`
    load 1m
      x{i="0"} 1
      x{i="1"} 2
      x{i="2"} 10
      x{i="3"} NaN

    eval instant at 0 acosh(x)
      {i="0"} 0.0
      {i="1"} 1.3169578969248166
      {i="2"} 2.993222846126381
      {i="3"} NaN
    `),
  ).toEqual([])
})

test('acosh ignores histograms', async () => {
  expect(
    await failures(`
    load 1m
      h {{count:3 sum:2 buckets:[3]}}

    eval instant at 0 acosh(h)
    `),
  ).toEqual([])
})
