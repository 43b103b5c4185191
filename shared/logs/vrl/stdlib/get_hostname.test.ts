import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { get_hostname } from './get_hostname.ts'

test.each([['get_hostname!()', '"edge-1"']])('%s', (source, expected) => {
  expect(evaluate([get_hostname], source, { context: { hostname: 'edge-1' } })).toBe(expected)
})
