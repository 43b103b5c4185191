import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('time is the time of evaluation', async () => {
  expect(
    await failures(`
    eval range from 0 to 2m step 1m time()
      {} 0 60 120
    `),
  ).toEqual([])
})
