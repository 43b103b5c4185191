import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('range is how long the query is', async () => {
  expect(
    await failures(`
    eval range from 1m to 3m step 1m range()
      {} 120 120 120
    `),
  ).toEqual([])
})
