import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('predict_linear goes on along the slope', async () => {
  expect(
    await failures(`
    load 10s
      g 0+5x6

    eval instant at 1m predict_linear(g[1m], 20)
      {} 40
    `),
  ).toEqual([])
})
