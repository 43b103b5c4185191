import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('pi is π', async () => {
  expect(
    await failures(`
    eval instant at 0 pi()
      3.141592653589793
    `),
  ).toEqual([])
})
