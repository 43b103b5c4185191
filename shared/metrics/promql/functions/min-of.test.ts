import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('min_of is the smaller scalar', async () => {
  expect(
    await failures(`
    eval instant at 0 min_of(3, 2)
      2

    eval instant at 0 min_of(3, NaN)
      NaN

    eval instant at 0 min_of(-Inf, NaN)
      -Inf
    `),
  ).toEqual([])
})
