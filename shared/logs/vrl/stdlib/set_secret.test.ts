import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { set_secret } from './set_secret.ts'

test.each([['set_secret("token", "x")', 'null']])('%s', (source, expected) => {
  expect(evaluate([set_secret], source)).toBe(expected)
})
