import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { compact } from './compact.ts'

test.each([
  ['compact({ "a": null, "b": "", "c": { "d": [] } })', '{}'],
  ['compact([null, "", 0], string: false)', '["",0]'],
  ['compact({ "a": { "b": null } }, recursive: false)', '{"a":{"b":null}}'],
])('%s', (source, expected) => {
  expect(evaluate([compact], source)).toBe(expected)
})
