import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { is_integer } from './is_integer.ts'
import { map_values } from './map_values.ts'

test.each([
  ['map_values([1, 2]) -> |v| { v * 2 }', '[2,4]'],
  ['map_values({ "a": { "b": 1 } }, recursive: true) -> |v| { if is_integer(v) { 0 } else { v } }', '{"a":{"b":0}}'],
])('%s', (source, expected) => {
  expect(evaluate([map_values, is_integer], source)).toBe(expected)
})
