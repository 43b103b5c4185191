import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('mad_over_time is the median distance from the median', async () => {
  expect(
    await failures(`
    load 10s
      g 1 1 2 2 4 6 9

    eval instant at 1m mad_over_time(g[2m])
      {} 1
    `),
  ).toEqual([])
})
