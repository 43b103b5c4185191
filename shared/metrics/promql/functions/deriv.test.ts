import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('deriv is the slope', async () => {
  expect(
    await failures(`
    load 10s
      g 0+5x6

    eval instant at 1m deriv(g[1m])
      {} 0.5
    `),
  ).toEqual([])
})

test('deriv needs two samples', async () => {
  expect(
    await failures(`
    load 10s
      g 1

    eval instant at 0 deriv(g[1m])
    `),
  ).toEqual([])
})
