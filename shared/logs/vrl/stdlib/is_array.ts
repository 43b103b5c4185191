import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const is_array = define({
  name: 'is_array',
  summary: 'Whether the value is an array.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => Array.isArray(value),
  example: { source: 'is_array([])', result: true },
})
