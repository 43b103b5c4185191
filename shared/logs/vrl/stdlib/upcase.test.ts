import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { upcase } from './upcase.ts'

test.each([
  ['upcase("straße")', '"STRASSE"'],
  ['upcase("é")', '"É"'],
])('%s', (source, expected) => {
  expect(evaluate([upcase], source)).toBe(expected)
})
