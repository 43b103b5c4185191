import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('start is where the range of the query starts', async () => {
  expect(
    await failures(`
    eval range from 1m to 3m step 1m start()
      {} 60 60 60
    `),
  ).toEqual([])
})

test('start is the time of an instant query', async () => {
  expect(
    await failures(`
    eval instant at 7m start()
      420
    `),
  ).toEqual([])
})
