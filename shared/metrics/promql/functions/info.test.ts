import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('info adds the labels of the target', async () => {
  expect(
    await failures(`
    load 1m
      m{instance="a", job="j"} 1 2
      target_info{instance="a", job="j", version="7", zone="x"} 1 1

    eval instant at 1m info(m)
      m{instance="a", job="j", version="7", zone="x"} 2
    `),
  ).toEqual([])
})

test('info adds only labels asked for', async () => {
  expect(
    await failures(`
    load 1m
      m{instance="a", job="j"} 1 2
      target_info{instance="a", job="j", version="7", zone="x"} 1 1

    eval instant at 1m info(m, {zone=~".*"})
      m{instance="a", job="j", zone="x"} 2
    `),
  ).toEqual([])
})

test('info drops series whose target has no such label', async () => {
  expect(
    await failures(`
    load 1m
      m{instance="a", job="j"} 1 2
      target_info{instance="a", job="j", version="7", zone="x"} 1 1

    eval instant at 1m info(m, {zone="y"})
    `),
  ).toEqual([])
})
