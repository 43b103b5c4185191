import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('irate looks at the last two samples', async () => {
  expect(
    await failures(`
    load 10s
      c_total 0 100 101 103

    eval instant at 30s irate(c_total[1m])
      {} 0.2
    `),
  ).toEqual([])
})

test('irate takes a fallen counter for restarted', async () => {
  expect(
    await failures(`
    load 10s
      c_total 100 7

    eval instant at 10s irate(c_total[1m])
      {} 0.7
    `),
  ).toEqual([])
})
