import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import { isInteger, type Value } from '../value.ts'

export const int = define({
  name: 'int',
  summary: 'The value itself when it is an integer, else an error.',
  parameters: [anything],
  returns: kind.integer,
  fails: (call) => !kind.isInteger(call.kind('value')!),
  run: (_, value: Value) => (isInteger(value) ? value : wrongType('integer', value)),
  example: { source: 'int(3)', result: 3 },
})
