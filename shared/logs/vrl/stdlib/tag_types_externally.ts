import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything, collection } from '../lib/parameters.ts'
import type { Run } from '../run.ts'
import { fieldNames, fields, isObject, kindOf, type Value } from '../value.ts'

export const tag_types_externally = define({
  name: 'tag_types_externally',
  summary: 'Each scalar in an object that names its type, such as `{ "integer": 1 }`.',
  parameters: [anything],
  returns: kind.or(collection, kind.scalar.null),
  run: (run, value: Value) => tagged(run, value),
  example: { source: 'tag_types_externally([1, "a"])', result: [{ integer: 1 }, { string: 'a' }] },
})

function tagged(run: Run, v: Value): Value {
  run.spend(1)
  if (v === null) return null
  if (Array.isArray(v)) return v.map((x) => tagged(run, x))
  if (isObject(v)) return fields(fieldNames(v).map((k) => [k, tagged(run, v[k]!)] as const))
  return { [kindOf(v)]: v }
}
