import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('last_over_time keeps the name', async () => {
  expect(
    await failures(`
    load 10s
      g 1 2 _

    eval instant at 20s last_over_time(g[1m])
      g 2
    `),
  ).toEqual([])
})

test('last_over_time sees past a stale marker', async () => {
  expect(
    await failures(`
    load 10s
      g 1 stale

    eval instant at 10s last_over_time(g[1m])
      g 1
    `),
  ).toEqual([])
})
