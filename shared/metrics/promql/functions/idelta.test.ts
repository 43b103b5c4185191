import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('idelta is the difference of the last two samples', async () => {
  expect(
    await failures(`
    load 10s
      g 0 100 90

    eval instant at 20s idelta(g[1m])
      {} -10
    `),
  ).toEqual([])
})
