import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('label_join joins values', async () => {
  expect(
    await failures(`
    load 1m
      up{a="1", b="2"} 1

    eval instant at 0 label_join(up, "ab", "-", "a", "b", "c")
      up{a="1", b="2", ab="1-2-"} 1
    `),
  ).toEqual([])
})
