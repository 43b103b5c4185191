import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_ipv4 } from './is_ipv4.ts'

test.each([
  ['is_ipv4("192.0.2.7")', 'true'],
  ['is_ipv4("192.0.2.256")', 'false'],
  ['is_ipv4("::1")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([is_ipv4], source)).toBe(expected)
})
