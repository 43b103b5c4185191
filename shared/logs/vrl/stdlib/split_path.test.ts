import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { split_path } from './split_path.ts'

test.each([
  ['split_path("/var/log/app.log")', '["/","var","log","app.log"]'],
  ['split_path("a//b/")', '["a","b"]'],
])('%s', (source, expected) => {
  expect(evaluate([split_path], source)).toBe(expected)
})
