import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import { isObject, type Value } from '../value.ts'

export const objectFunction = define({
  name: 'object',
  summary: 'The value itself when it is an object, else an error.',
  parameters: [anything],
  returns: (call) => kind.object(call.kind('value')!.object ?? kind.anyOf),
  fails: (call) => !kind.isObject(call.kind('value')!),
  run: (_, value: Value) => (isObject(value) ? value : wrongType('object', value)),
  example: { source: 'object({ "a": 1 })', result: { a: 1 } },
})
