import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('timestamp is when the sample was taken, not when it is looked at', async () => {
  expect(
    await failures(`
    load 1m
      x 1 2

    eval instant at 90s timestamp(x)
      {} 60
    `),
  ).toEqual([])
})

test('timestamp is the time of evaluation for a computed value', async () => {
  expect(
    await failures(`
    load 1m
      x 1 2

    eval instant at 90s timestamp(x + 0)
      {} 90
    `),
  ).toEqual([])
})
