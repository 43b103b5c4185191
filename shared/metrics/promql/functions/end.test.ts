import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('end is where the range of the query ends', async () => {
  expect(
    await failures(`
    eval range from 1m to 3m step 1m end()
      {} 180 180 180
    `),
  ).toEqual([])
})
