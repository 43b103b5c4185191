import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const bool = define({
  name: 'bool',
  summary: 'The value itself when it is a boolean, else an error.',
  parameters: [anything],
  returns: kind.boolean,
  fails: (call) => !kind.isBoolean(call.kind('value')!),
  run: (_, value: Value) => (typeof value === 'boolean' ? value : wrongType('boolean', value)),
  example: { source: 'bool(true)', result: true },
})
