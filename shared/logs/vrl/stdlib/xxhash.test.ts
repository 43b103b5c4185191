import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { xxhash } from './xxhash.ts'

test.each([
  ['xxhash("a")', '1426945110'],
  ['xxhash("a", "XXH64")', '-3292477735350538661'],
  ['xxhash("a", "XXH3-128")', '"225219434562328483135862406050043285023"'],
  ['xxhash("a", "XXH9")', 'E100 expression can result in runtime error; handle the error case to ensure runtime success'],
])('%s', (source, expected) => {
  expect(evaluate([xxhash], source)).toBe(expected)
})
