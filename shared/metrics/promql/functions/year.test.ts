import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('year reads epoch seconds in UTC', async () => {
  expect(
    await failures(`
    load 1m
      x 1709213640

    eval instant at 0 year(x)
      {} 2024
    `),
  ).toEqual([])
})

test('year takes the time of evaluation without an argument', async () => {
  expect(
    await failures(`
    eval instant at 1h year()
      {} 1970
    `),
  ).toEqual([])
})
