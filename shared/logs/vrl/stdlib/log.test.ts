import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { log } from './log.ts'

test.each([
  ['log("well")', 'null'],
  [
    'log("well", level: "shout")',
    'E610 invalid enum variant for argument "level"; received: "shout"; expected one of: "trace", "debug", "info", "warn", "error"',
  ],
])('%s', (source, expected) => {
  expect(evaluate([log], source)).toBe(expected)
})
