import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { isObject, type Value } from '../value.ts'

export const is_object = define({
  name: 'is_object',
  summary: 'Whether the value is an object.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => isObject(value),
  example: { source: 'is_object(.)', result: true },
})
