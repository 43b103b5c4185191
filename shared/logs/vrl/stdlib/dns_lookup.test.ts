import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { dns_lookup } from './dns_lookup.ts'

test.each([['dns_lookup!("example.com")', 'error: DNS is not available at the edge']])('%s', (source, expected) => {
  expect(evaluate([dns_lookup], source)).toBe(expected)
})
