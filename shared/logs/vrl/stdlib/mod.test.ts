import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { mod } from './mod.ts'

test.each([
  ['mod!(7, 3)', '1'],
  ['mod!(-7, 3)', '-1'],
  ['mod!(7.5, 2)', '1.5'],
  ['mod!(1, 0)', `error: can't divide by zero`],
])('%s', (source, expected) => {
  expect(evaluate([mod], source)).toBe(expected)
})
