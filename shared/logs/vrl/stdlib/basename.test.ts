import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { basename } from './basename.ts'

test.each([
  ['basename!("/var/log/app.log")', '"app.log"'],
  ['basename!("/var/log/")', '"log"'],
  ['basename!("/")', 'null'],
])('%s', (source, expected) => {
  expect(evaluate([basename], source)).toBe(expected)
})
