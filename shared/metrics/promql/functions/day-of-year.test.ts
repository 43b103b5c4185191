import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('day_of_year reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 day_of_year(x)
      {} 60
    `),
  ).toEqual([])
})

test('day_of_year takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h day_of_year()
      {} 1
    `),
  ).toEqual([])
})
