import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { length } from './length.ts'
import { random_bytes } from './random_bytes.ts'

test.each([
  ['length(random_bytes!(5)) == 5', 'true'],
  ['random_bytes!(-1)', 'E610 invalid argument "length"; received: -1; error: Length cannot be negative'],
])('%s', (source, expected) => {
  expect(evaluate([random_bytes, length], source)).toBe(expected)
})
