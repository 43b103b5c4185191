import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { starts_with } from './starts_with.ts'

test.each([
  ['starts_with("App", "app", case_sensitive: false)', 'true'],
  ['starts_with("App", "app")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([starts_with], source)).toBe(expected)
})
