import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { isFloat, type Value } from '../value.ts'

export const is_float = define({
  name: 'is_float',
  summary: 'Whether the value is a float.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => isFloat(value),
  example: { source: 'is_float(1.0)', result: true },
})
