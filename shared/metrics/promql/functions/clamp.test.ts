import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('clamp keeps values between the scalars', async () => {
  expect(
    await failures(`
    load 1m
      x{i="low"} -4
      x{i="mid"} 5
      x{i="high"} 99

    eval instant at 0 clamp(x, 0, 10)
      {i="low"} 0
      {i="mid"} 5
      {i="high"} 10
    `),
  ).toEqual([])
})

test('clamp gives nothing for an empty interval', async () => {
  expect(
    await failures(`
    load 1m
      x 3

    eval instant at 0 clamp(x, 10, 0)
    `),
  ).toEqual([])
})

test('clamp takes its limits step by step', async () => {
  expect(
    await failures(`
    load 1m
      x 3 3 3
      limit 1 5 9

    eval range from 0 to 2m step 1m clamp(x, 2, scalar(limit))
      {} _ 3 3
    `),
  ).toEqual([])
})
