import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('vector is a series without labels', async () => {
  expect(
    await failures(`
    eval range from 0 to 1m step 1m vector(time())
      {} 0 60
    `),
  ).toEqual([])
})
