import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { sha2 } from './sha2.ts'

test.each([
  ['sha2("a", variant: "SHA-256")', '"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"'],
  ['sha2("a", variant: "SHA-224")', '"abd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5"'],
  [
    'sha2("a", variant: "SHA-3")',
    'E610 invalid enum variant for argument "variant"; received: "SHA-3"; expected one of: "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/224", "SHA-512/256"',
  ],
])('%s', (source, expected) => {
  expect(evaluate([sha2], source)).toBe(expected)
})
