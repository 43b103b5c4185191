import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { coercionFails, toFloat } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const to_float = define({
  name: 'to_float',
  summary: 'Turns numbers, numeric text, booleans, timestamps (seconds) and null into a float.',
  parameters: [anything],
  returns: kind.float,
  fails: (call) => coercionFails(call.kind('value')!, kind.scalar.bytes),
  run: (_, value: Value) => toFloat(value),
  example: { source: 'to_float!("2.5")', result: 2.5 },
})
