import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const arrayFunction = define({
  name: 'array',
  summary: 'The value itself when it is an array, else an error.',
  parameters: [anything],
  returns: (call) => kind.array(call.kind('value')!.array ?? kind.anyOf),
  fails: (call) => !kind.isArray(call.kind('value')!),
  run: (_, value: Value) => (Array.isArray(value) ? value : wrongType('array', value)),
  example: { source: 'array([1])', result: [1] },
})
