import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('round rounds halves up', async () => {
  expect(
    await failures(`
    load 1m
      x{i="a"} 2.5
      x{i="b"} -2.5
      x{i="c"} 1.24

    eval instant at 0 round(x)
      {i="a"} 3
      {i="b"} -2
      {i="c"} 1
    `),
  ).toEqual([])
})

test('round rounds to a multiple', async () => {
  expect(
    await failures(`
    load 1m
      x 17.3

    eval instant at 0 round(x, 5)
      {} 15

    eval instant at 0 round(x, 0.25)
      {} 17.25
    `),
  ).toEqual([])
})
