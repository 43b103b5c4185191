import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { pascalcase } from './pascalcase.ts'

test.each([
  ['pascalcase("request_id")', '"RequestId"'],
  ['pascalcase("a b-c")', '"ABC"'],
])('%s', (source, expected) => {
  expect(evaluate([pascalcase], source)).toBe(expected)
})
