import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { coercionFails, toBool } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const to_bool = define({
  name: 'to_bool',
  summary: 'Turns numbers, null and words such as `yes` or `f` into a boolean.',
  parameters: [anything],
  returns: kind.boolean,
  fails: (call) => coercionFails(call.kind('value')!, kind.scalar.bytes | kind.scalar.timestamp),
  run: (_, value: Value) => toBool(value),
  example: { source: 'to_bool!("yes")', result: true },
})
