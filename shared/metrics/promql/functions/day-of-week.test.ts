import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('day_of_week reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 day_of_week(x)
      {} 4
    `),
  ).toEqual([])
})

test('day_of_week takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h day_of_week()
      {} 4
    `),
  ).toEqual([])
})
