import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { random_float } from './random_float.ts'

test.each([
  ['random_float!(1.0, 3.0)', '2.0'],
  ['random_float!(3.0, 1.0)', 'E610 invalid argument "max"; received: 1.0; error: max must be greater than min'],
])('%s', (source, expected) => {
  expect(evaluate([random_float], source)).toBe(expected)
})
