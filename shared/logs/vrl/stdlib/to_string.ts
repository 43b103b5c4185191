import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { coercionFails, toText } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const to_string = define({
  name: 'to_string',
  summary: 'Turns numbers, booleans, timestamps and null into text.',
  parameters: [anything],
  returns: kind.bytes,
  fails: (call) => coercionFails(call.kind('value')!, 0),
  run: (_, value: Value) => toText(value),
  example: { source: 'to_string(4.0)', result: '4.0' },
})
