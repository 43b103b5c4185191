import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('max_of is the larger scalar', async () => {
  expect(
    await failures(`
    eval instant at 0 max_of(3, 2)
      3

    eval instant at 0 max_of(Inf, NaN)
      +Inf
    `),
  ).toEqual([])
})
