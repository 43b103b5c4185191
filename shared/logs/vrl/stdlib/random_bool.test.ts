import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_boolean } from './is_boolean.ts'
import { random_bool } from './random_bool.ts'

test.each([['is_boolean(random_bool())', 'true']])('%s', (source, expected) => {
  expect(evaluate([random_bool, is_boolean], source)).toBe(expected)
})
