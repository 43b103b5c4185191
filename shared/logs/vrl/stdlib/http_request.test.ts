import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { http_request } from './http_request.ts'

test.each([['http_request!("https://example.com")', 'error: the network is not available at the edge']])('%s', (source, expected) => {
  expect(evaluate([http_request], source)).toBe(expected)
})
