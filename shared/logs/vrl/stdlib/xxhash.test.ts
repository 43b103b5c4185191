import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { xxhash } from './xxhash.ts'

test.each([
  ['xxhash("a")', '1426945110'],
  ['xxhash("a", "XXH64")', '-3292477735350538661'],
  ['xxhash("a", "XXH3-128")', '"225219434562328483135862406050043285023"'],
  [
    'xxhash("a", "XXH9")',
    'E610 invalid argument "variant"; received: "XXH9"; error: Variant must be either XXH32, XXH64, XXH3-64, or XXH3-128',
  ],
])('%s', (source, expected) => {
  expect(evaluate([xxhash], source)).toBe(expected)
})
