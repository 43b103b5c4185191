import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { strlen } from './strlen.ts'

test.each([
  ['strlen("héllo")', '5'],
  ['strlen("👍")', '1'],
])('%s', (source, expected) => {
  expect(evaluate([strlen], source)).toBe(expected)
})
