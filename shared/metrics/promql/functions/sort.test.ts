import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('sort puts small values first and NaN last', async () => {
  expect(
    await failures(`
    load 1m
      x{i="n2"} 3
      x{i="n10"} 1
      x{i="n1"} NaN

    eval instant at 0 sort(x)
      expect ordered
      x{i="n10"} 1
      x{i="n2"} 3
      x{i="n1"} NaN
    `),
  ).toEqual([])
})

test('sort warns where order does not last', async () => {
  expect(
    await failures(`
    load 1m
      x{i="n2"} 3
      x{i="n10"} 1
      x{i="n1"} NaN

    eval range from 0 to 1m step 1m sort(x{i="n2"})
      expect warn msg: PromQL warning: sort is ineffective for range queries since results are always ordered by labels (1:1)
      x{i="n2"} 3 3
    `),
  ).toEqual([])
})
