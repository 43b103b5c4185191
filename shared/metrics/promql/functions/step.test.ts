import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('step is the step of the query', async () => {
  expect(
    await failures(`
    eval range from 0 to 1m step 30s step()
      {} 30 30 30
    `),
  ).toEqual([])
})

test('step is 0 at a moment', async () => {
  expect(
    await failures(`
    eval instant at 0 step()
      0
    `),
  ).toEqual([])
})
