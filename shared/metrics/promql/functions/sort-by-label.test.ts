import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sort_by_label counts numbers within names', async () => {
  expect(
    await failures(`
    load 1m
      x{i="n2"} 3
      x{i="n10"} 1
      x{i="n1"} NaN

    eval instant at 0 sort_by_label(x, "i")
      expect ordered
      x{i="n1"} NaN
      x{i="n2"} 3
      x{i="n10"} 1
    `),
  ).toEqual([])
})
