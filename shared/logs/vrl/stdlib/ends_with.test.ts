import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { ends_with } from './ends_with.ts'

test.each([
  ['ends_with("app.LOG", ".log", case_sensitive: false)', 'true'],
  ['ends_with("app.LOG", ".log")', 'false'],
  ['ends_with("a", "aa")', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([ends_with], source)).toBe(expected)
})
