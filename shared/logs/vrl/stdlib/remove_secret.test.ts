import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { remove_secret } from './remove_secret.ts'

test.each([['remove_secret("token")', 'null']])('%s', (source, expected) => {
  expect(evaluate([remove_secret], source)).toBe(expected)
})
