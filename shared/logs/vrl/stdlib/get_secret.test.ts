import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { get_secret } from './get_secret.ts'

test.each([['get_secret("token")', 'null']])('%s', (source, expected) => {
  expect(evaluate([get_secret], source)).toBe(expected)
})
