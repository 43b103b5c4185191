import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const is_boolean = define({
  name: 'is_boolean',
  summary: 'Whether the value is a boolean.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => typeof value === 'boolean',
  example: { source: 'is_boolean("true")', result: false },
})
