import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { sha1 } from './sha1.ts'

test.each([['sha1("a")', '"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"']])('%s', (source, expected) => {
  expect(evaluate([sha1], source)).toBe(expected)
})
