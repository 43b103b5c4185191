import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { map_keys } from './map_keys.ts'
import { upcase } from './upcase.ts'

test.each([
  ['map_keys({ "a": 1, "b": { "c": 2 } }) -> |k| { upcase(k) }', '{"A":1,"B":{"c":2}}'],
  ['map_keys({ "b": { "c": 2 } }, recursive: true) -> |k| { upcase(k) }', '{"B":{"C":2}}'],
])('%s', (source, expected) => {
  expect(evaluate([map_keys, upcase], source)).toBe(expected)
})
