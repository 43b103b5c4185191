import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { coercionFails, toInt } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const to_int = define({
  name: 'to_int',
  summary: 'Turns numbers, numeric text, booleans, timestamps (seconds) and null into an integer.',
  parameters: [anything],
  returns: kind.integer,
  fails: (call) => coercionFails(call.kind('value')!, kind.scalar.bytes),
  run: (_, value: Value) => toInt(value),
  example: { source: 'to_int(7.9)', result: 7 },
})
