import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { tag_types_externally } from './tag_types_externally.ts'

test.each([['tag_types_externally({ "a": 1, "b": [true, null, 1.5] })', '{"a":{"integer":1},"b":[{"boolean":true},null,{"float":1.5}]}']])(
  '%s',
  (source, expected) => {
    expect(evaluate([tag_types_externally], source)).toBe(expected)
  },
)
