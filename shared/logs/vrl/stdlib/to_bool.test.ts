import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { to_bool } from './to_bool.ts'

test.each([
  ['to_bool!("YES")', 'true'],
  ['to_bool!(.n)', 'true'],
  ['to_bool!("perhaps")', 'error: Invalid boolean value "perhaps"'],
  ['to_bool(0.0)', 'false'],
])('%s', (source, expected) => {
  expect(evaluate([to_bool], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
