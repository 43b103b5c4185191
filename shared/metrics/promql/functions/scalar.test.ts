import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('scalar is the one value there is', async () => {
  expect(
    await failures(`
    load 1m
      one 4
      two{i="a"} 1
      two{i="b"} 2

    eval instant at 0 scalar(one)
      4

    eval instant at 0 scalar(two)
      NaN

    eval instant at 0 scalar(none)
      NaN
    `),
  ).toEqual([])
})

test('scalar does not count histograms', async () => {
  expect(
    await failures(`
    load 1m
      m{i="a"} 4
      m{i="b"} {{count:1}}

    eval instant at 0 scalar(m)
      4
    `),
  ).toEqual([])
})
