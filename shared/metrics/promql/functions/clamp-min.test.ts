import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('clamp_min cuts at the bottom', async () => {
  expect(
    await failures(`
    load 1m
      x 3 8

    eval range from 0 to 1m step 1m clamp_min(x, 5)
      {} 5 8
    `),
  ).toEqual([])
})
