import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('hour reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 hour(x)
      {} 13
    `),
  ).toEqual([])
})

test('hour takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h hour()
      {} 1
    `),
  ).toEqual([])
})
