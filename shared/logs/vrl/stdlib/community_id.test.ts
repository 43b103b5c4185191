import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { community_id } from './community_id.ts'

test.each([
  ['community_id!("10.0.0.2", "10.0.0.1", 6, 80, 1000)', '"1:lWJQYXirSlmWE2qTFPykhczY8U4="'],
  ['community_id!("10.0.0.1", "10.0.0.2", 6)', 'error: src port and dst port should be set when protocol is tcp/udp/sctp'],
  ['community_id!("::1", "10.0.0.2", 6, 1, 2)', 'error: src ip and dst ip should be same version!'],
])('%s', (source, expected) => {
  expect(evaluate([community_id], source)).toBe(expected)
})
