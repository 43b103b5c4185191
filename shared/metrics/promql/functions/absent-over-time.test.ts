import { expect, test } from 'vitest'
import { failures } from '../script/run-script.ts'

test('absent_over_time is 1 where a range has no sample', async () => {
  expect(
    await failures(`
    load 1m
      up{job="api"} 1

    eval instant at 10m absent_over_time(up{job="api"}[5m])
      {job="api"} 1

    eval instant at 2m absent_over_time(up{job="api"}[5m])
    `),
  ).toEqual([])
})
