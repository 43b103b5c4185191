import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { now } from './now.ts'

test.each([['now()', '"2026-05-05T12:00:00Z"']])('%s', (source, expected) => {
  expect(evaluate([now], source)).toBe(expected)
})
