import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { screamingsnakecase } from './screamingsnakecase.ts'

test.each([
  ['screamingsnakecase("requestId")', '"REQUEST_ID"'],
  ['screamingsnakecase("a b-c")', '"A_B_C"'],
])('%s', (source, expected) => {
  expect(evaluate([screamingsnakecase], source)).toBe(expected)
})
