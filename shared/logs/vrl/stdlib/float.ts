import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import { isFloat, type Value } from '../value.ts'

export const floatFunction = define({
  name: 'float',
  summary: 'The value itself when it is a float, else an error.',
  parameters: [anything],
  returns: kind.float,
  fails: (call) => !kind.isFloat(call.kind('value')!),
  run: (_, value: Value) => (isFloat(value) ? value : wrongType('float', value)),
  example: { source: 'float(3.5)', result: 3.5 },
})
