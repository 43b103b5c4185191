import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('absent is 1 with the labels that are fixed', async () => {
  expect(
    await failures(`
    eval instant at 0 absent(up{job="api", zone=~"a.*"})
      {job="api"} 1
    `),
  ).toEqual([])
})

test('absent is nothing where there is something', async () => {
  expect(
    await failures(`
    load 1m
      up 0

    eval instant at 0 absent(up)
    `),
  ).toEqual([])
})

test('absent speaks step by step', async () => {
  expect(
    await failures(`
    load 1m
      up _ _ _ _ _ _ _ 1

    eval range from 0 to 8m step 4m absent(up)
      {} 1 1
    `),
  ).toEqual([])
})
