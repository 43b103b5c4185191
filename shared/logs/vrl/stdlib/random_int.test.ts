import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { random_int } from './random_int.ts'

test.each([
  ['random_int!(10, 20)', '15'],
  ['random_int!(2, 2)', 'E610 invalid argument "max"; received: 2; error: max must be greater than min'],
])('%s', (source, expected) => {
  expect(evaluate([random_int], source)).toBe(expected)
})
