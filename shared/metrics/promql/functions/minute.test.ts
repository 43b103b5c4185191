import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('minute reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 minute(x)
      {} 34
    `),
  ).toEqual([])
})

test('minute takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h minute()
      {} 0
    `),
  ).toEqual([])
})
