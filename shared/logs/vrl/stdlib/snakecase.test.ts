import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { snakecase } from './snakecase.ts'

test.each([
  ['snakecase("requestId")', '"request_id"'],
  ['snakecase("HTTPServer error")', '"http_server_error"'],
])('%s', (source, expected) => {
  expect(evaluate([snakecase], source)).toBe(expected)
})
