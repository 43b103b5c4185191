import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { uuid_from_friendly_id } from './uuid_from_friendly_id.ts'

test.each([
  ['uuid_from_friendly_id!("3s87yEvnmkiPBMHsj8bwwc")', '"7f41deed-d5e2-8b5e-7a13-ab4ff93cfad2"'],
  ['uuid_from_friendly_id!("?")', `error: failed to decode friendly id: Encoded input contains the invalid byte b'?' at index 0`],
])('%s', (source, expected) => {
  expect(evaluate([uuid_from_friendly_id], source)).toBe(expected)
})
