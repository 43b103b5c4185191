import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { isInteger, type Value } from '../value.ts'

export const is_integer = define({
  name: 'is_integer',
  summary: 'Whether the value is an integer.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => isInteger(value),
  example: { source: 'is_integer(1.0)', result: false },
})
