import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('days_in_month reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 days_in_month(x)
      {} 29
    `),
  ).toEqual([])
})

test('days_in_month takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h days_in_month()
      {} 31
    `),
  ).toEqual([])
})
