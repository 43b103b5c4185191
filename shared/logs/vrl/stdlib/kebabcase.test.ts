import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { kebabcase } from './kebabcase.ts'

test.each([
  ['kebabcase("requestId")', '"request-id"'],
  ['kebabcase("Request ID again")', '"request-id-again"'],
])('%s', (source, expected) => {
  expect(evaluate([kebabcase], source)).toBe(expected)
})
