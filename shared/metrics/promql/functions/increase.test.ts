import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('increase is the growth within the window', async () => {
  expect(
    await failures(`
    load 1m
      c_total 0+6x10

    eval instant at 10m increase(c_total[5m])
      {} 30
    `),
  ).toEqual([])
})

test('increase never extrapolates a counter below zero', async () => {
  expect(
    await failures(`
    load 1m
      c_total _ _ _ 1 11 21

    eval instant at 5m increase(c_total[5m])
      {} 21
    `),
  ).toEqual([])
})
