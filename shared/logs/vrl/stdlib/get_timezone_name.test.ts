import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { get_timezone_name } from './get_timezone_name.ts'

test.each([['get_timezone_name!()', '"UTC"']])('%s', (source, expected) => {
  expect(evaluate([get_timezone_name], source)).toBe(expected)
})
