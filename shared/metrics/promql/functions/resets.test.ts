import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('resets counts falls', async () => {
  expect(
    await failures(`
    load 10s
      c 1 5 2 8 8 0

    eval instant at 50s resets(c[1m])
      {} 2
    `),
  ).toEqual([])
})

test('resets counts resets of histograms', async () => {
  expect(
    await failures(`
    load 10s
      h {{count:3 buckets:[3]}} {{count:4 buckets:[4]}} {{count:1 buckets:[1]}}

    eval instant at 20s resets(h[1m])
      {} 1
    `),
  ).toEqual([])
})
