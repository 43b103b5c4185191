import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('clamp_max cuts at the top', async () => {
  expect(
    await failures(`
    load 1m
      x 3 8

    eval range from 0 to 1m step 1m clamp_max(x, 5)
      {} 3 5
    `),
  ).toEqual([])
})
