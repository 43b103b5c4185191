import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('month reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 month(x)
      {} 2
    `),
  ).toEqual([])
})

test('month takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h month()
      {} 1
    `),
  ).toEqual([])
})
