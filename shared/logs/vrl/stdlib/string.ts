import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import { isString, type Value } from '../value.ts'

export const string = define({
  name: 'string',
  summary: 'The value itself when it is a string, else an error.',
  parameters: [anything],
  returns: kind.bytes,
  fails: (call) => !kind.isBytes(call.kind('value')!),
  run: (_, value: Value) => (isString(value) ? value : wrongType('string', value)),
  example: { source: 'string("a")', result: 'a' },
})
