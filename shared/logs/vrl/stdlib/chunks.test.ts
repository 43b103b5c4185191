import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { chunks } from './chunks.ts'

test.each([
  ['chunks!("abcdefg", 3)', '["abc","def","g"]'],
  ['chunks!("abc", 0)', 'E610 invalid argument "chunk_size"; received: 0; error: "chunk_size" must be at least 1 byte'],
  ['chunks!("é!", 2)', '["é","!"]'],
])('%s', (source, expected) => {
  expect(evaluate([chunks], source)).toBe(expected)
})
