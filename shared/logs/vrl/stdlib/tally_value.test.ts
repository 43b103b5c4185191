import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { tally_value } from './tally_value.ts'

test.each([['tally_value(["a", 1, "a"], "a")', '2']])('%s', (source, expected) => {
  expect(evaluate([tally_value], source)).toBe(expected)
})
