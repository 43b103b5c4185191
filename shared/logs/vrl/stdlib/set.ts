import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { dynamicPath } from '../lib/dynamic-path.ts'
import { collection } from '../lib/parameters.ts'
import { insert } from '../path.ts'
import type { Value } from '../value.ts'

export const set = define({
  name: 'set',
  summary: 'A copy with a value at a computed path.',
  parameters: [
    { ...required('value', collection), otherwise: 'takes' },
    { ...required('path', kind.anyArray), otherwise: 'takes' },
    required('data', kind.any),
  ],
  returns: (call) => (kind.isArray(call.kind('value')!) ? kind.anyArray : kind.isObject(call.kind('value')!) ? kind.anyObject : collection),
  fails: true,
  run: (_, value: Value, path: Value[], data: Value) => insert(value, dynamicPath(path), data),
  example: { source: 'set!({}, ["a", "b"], 1)', result: { a: { b: 1 } } },
})
