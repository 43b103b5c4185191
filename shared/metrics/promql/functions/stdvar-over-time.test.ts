import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('stdvar_over_time is the population variance', async () => {
  expect(
    await failures(`
    load 10s
      g 2 4 4 4 5 5 7 9

    eval instant at 70s stdvar_over_time(g[2m])
      {} 4
    `),
  ).toEqual([])
})
