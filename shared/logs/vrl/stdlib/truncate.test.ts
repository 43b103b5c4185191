import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { truncate } from './truncate.ts'

test.each([
  ['truncate("héllo", 2)', '"hé"'],
  ['truncate("hello", 4, suffix: "…")', '"hell…"'],
  ['truncate("hi", 5)', '"hi"'],
  ['truncate("hi", -1)', '""'],
])('%s', (source, expected) => {
  expect(evaluate([truncate], source)).toBe(expected)
})
