import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('double_exponential_smoothing follows a straight line', async () => {
  expect(
    await failures(`
    load 10s
      g 0+5x6

    eval instant at 1m double_exponential_smoothing(g[2m], 0.5, 0.5)
      {} 30
    `),
  ).toEqual([])
})

test('double_exponential_smoothing refuses factors outside (0, 1)', async () => {
  expect(
    await failures(`
    load 10s
      g 0+5x6

    eval instant at 1m double_exponential_smoothing(g[2m], 1, 0.5)
      expect fail msg: invalid smoothing factor. Expected: 0 < sf < 1, got: 1.000000
    `),
  ).toEqual([])
})
