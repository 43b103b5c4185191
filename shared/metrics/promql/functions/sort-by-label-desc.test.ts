import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sort_by_label_desc counts numbers within names, backwards', async () => {
  expect(
    await failures(`
    load 1m
      x{i="n2"} 3
      x{i="n10"} 1
      x{i="n1"} NaN

    eval instant at 0 sort_by_label_desc(x, "i")
      expect ordered
      x{i="n10"} 1
      x{i="n2"} 3
      x{i="n1"} NaN
    `),
  ).toEqual([])
})
