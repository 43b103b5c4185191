import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { reverse_dns } from './reverse_dns.ts'

test.each([['reverse_dns!("192.0.2.7")', 'error: DNS is not available at the edge']])('%s', (source, expected) => {
  expect(evaluate([reverse_dns], source)).toBe(expected)
})
