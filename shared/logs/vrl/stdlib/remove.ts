import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { dynamicPath } from '../lib/dynamic-path.ts'
import { collection } from '../lib/parameters.ts'
import { remove } from '../path.ts'
import type { Value } from '../value.ts'

export const removeFunction = define({
  name: 'remove',
  summary: 'A copy without what is at a computed path.',
  parameters: [
    { ...required('value', collection), otherwise: 'takes' },
    required('path', kind.anyArray),
    optional('compact', kind.boolean),
  ],
  returns: (call) => (kind.isArray(call.kind('value')!) ? kind.anyArray : kind.isObject(call.kind('value')!) ? kind.anyObject : collection),
  fails: true,
  run: (_, value: Value, path: Value[], compact: Value = false) => remove(value, dynamicPath(path), compact === true),
  example: { source: 'remove!({ "a": 1, "b": 2 }, ["a"])', result: { b: 2 } },
})
