import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ip_ntoa } from './ip_ntoa.ts'

test.each([
  ['ip_ntoa!(3221225991)', '"192.0.2.7"'],
  ['ip_ntoa!(-1)', 'error: cannot convert to bytes: integer does not fit in u32'],
])('%s', (source, expected) => {
  expect(evaluate([ip_ntoa], source)).toBe(expected)
})
