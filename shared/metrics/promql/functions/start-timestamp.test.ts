import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('start_timestamp is when the counter started', async () => {
  expect(
    await failures(`
    load 1m
      c@st  -30s -90s
      c     1    2

    eval instant at 1m start_timestamp(c)
      {} -30
    `),
  ).toEqual([])
})

test('start_timestamp is 0 where that is not known', async () => {
  expect(
    await failures(`
    load 1m
      c 1

    eval instant at 0 start_timestamp(c)
      {} 0
    `),
  ).toEqual([])
})

test('start_timestamp gives nothing for an expression', async () => {
  expect(
    await failures(`
    load 1m
      c 1

    eval instant at 0 start_timestamp(c + 1)
    `),
  ).toEqual([])
})
