import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('histogram_count is the number of observations', async () => {
  expect(
    await failures(`
    load 1m
      h {{schema:0 count:10 sum:20 buckets:[2 4 4]}}

    eval instant at 0 histogram_count(h)
      {} 10
    `),
  ).toEqual([])
})

test('histogram_count ignores floats', async () => {
  expect(
    await failures(`
    load 1m
      f 1

    eval instant at 0 histogram_count(f)
    `),
  ).toEqual([])
})
