import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { camelcase } from './camelcase.ts'

test.each([
  ['camelcase("request_id")', '"requestId"'],
  ['camelcase("Request-ID again")', '"requestIdAgain"'],
  ['camelcase("a-b_c", original_case: "kebab-case")', '"aB_c"'],
])('%s', (source, expected) => {
  expect(evaluate([camelcase], source)).toBe(expected)
})
