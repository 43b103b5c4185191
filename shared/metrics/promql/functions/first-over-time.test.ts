import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('first_over_time keeps the name', async () => {
  expect(
    await failures(`
    load 10s
      g 1 2 3

    eval instant at 20s first_over_time(g[20s])
      g 2
    `),
  ).toEqual([])
})
