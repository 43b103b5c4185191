import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('changes counts changes of value', async () => {
  expect(
    await failures(`
    load 10s
      g 1 1 2 2 NaN NaN 1

    eval instant at 1m changes(g[2m])
      {} 3
    `),
  ).toEqual([])
})

test('changes counts a change of kind', async () => {
  expect(
    await failures(`
    load 10s
      g 1 {{count:1}} {{count:1}} 1

    eval instant at 30s changes(g[1m])
      {} 2
    `),
  ).toEqual([])
})
