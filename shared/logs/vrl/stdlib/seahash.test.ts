import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { seahash } from './seahash.ts'

test.each([
  ['seahash("to be or not to be")', '1988685042348123509'],
  ['seahash("")', '-3953938083091587911'],
])('%s', (source, expected) => {
  expect(evaluate([seahash], source)).toBe(expected)
})
