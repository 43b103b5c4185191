import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('avg_over_time is the mean', async () => {
  expect(
    await failures(`
    load 10s
      g 1 2 6

    eval instant at 20s avg_over_time(g[1m])
      {} 3
    `),
  ).toEqual([])
})

test('avg_over_time does not overflow', async () => {
  expect(
    await failures(`
    load 10s
      g 1.5e308 1.5e308 1.5e308

    eval instant at 20s avg_over_time(g[1m])
      {} 1.5e308
    `),
  ).toEqual([])
})
