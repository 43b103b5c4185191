import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { fieldNames, isObject, type Value } from '../value.ts'

export const to_entries = define({
  name: 'to_entries',
  summary: 'The fields of an object, or items of an array, as `{ "key", "value" }` objects.',
  parameters: [required('value', collection)],
  returns: kind.arrayOf(kind.record({ key: kind.scalars(kind.scalar.bytes | kind.scalar.integer), value: kind.any })),
  run: (_, value: Value) => {
    if (Array.isArray(value)) return value.map((v, key) => ({ key, value: v }))
    return isObject(value) ? fieldNames(value).map((key) => ({ key, value: value[key]! })) : []
  },
  example: { source: 'to_entries({ "a": 1 })', result: [{ key: 'a', value: 1 }] },
})
