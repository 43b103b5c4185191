import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('count_over_time counts samples of either kind', async () => {
  expect(
    await failures(`
    load 10s
      g 1 _ {{count:1}} 4

    eval instant at 30s count_over_time(g[1m])
      {} 3
    `),
  ).toEqual([])
})
