import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { snakecase } from './snakecase.ts'

test.each([
  ['snakecase("requestId")', '"request_id"'],
  ['snakecase("HTTPServer error")', '"http_server_error"'],
  ['snakecase("v2Beta-one")', '"v_2_beta_one"'],
  ['snakecase("v2Beta", excluded_boundaries: ["lower_digit", "digit_upper"])', '"v2beta"'],
  ['snakecase("a-bC", original_case: "camelCase")', '"a-b_c"'],
])('%s', (source, expected) => {
  expect(evaluate([snakecase], source)).toBe(expected)
})

test('a boundary that does not exist is refused', () => {
  expect(evaluate([snakecase], 'snakecase("a", excluded_boundaries: ["middle"])')).toMatch(/^E610/)
})
