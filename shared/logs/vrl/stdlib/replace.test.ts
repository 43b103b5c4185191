import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { replace } from './replace.ts'

test.each([
  ['replace("a.b.c", ".", "-")', '"a-b-c"'],
  ['replace("a.b.c", ".", "-", count: 1)', '"a-b.c"'],
  [`replace("x1y22", r'(?P<d>\\d+)', "<$d>")`, '"x<1>y<22>"'],
  ['replace("price", "price", "$$5")', '"$$5"'],
])('%s', (source, expected) => {
  expect(evaluate([replace], source)).toBe(expected)
})
