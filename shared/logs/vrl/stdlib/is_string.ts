import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { isString, type Value } from '../value.ts'

export const is_string = define({
  name: 'is_string',
  summary: 'Whether the value is a string.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => isString(value),
  example: { source: 'is_string(7)', result: false },
})
