import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { byteLength, fieldNames, fields, isObject, isString, text, type Value } from '../value.ts'

const options = ['recursive', 'null', 'string', 'object', 'array', 'nullish'] as const

export const compact = define({
  name: 'compact',
  summary: 'A collection without what is empty: null, empty text, objects and arrays.',
  parameters: [required('value', collection), ...options.map((o) => optional(o, kind.boolean))],
  returns: (call) => (kind.isArray(call.kind('value')!) ? kind.anyArray : kind.isObject(call.kind('value')!) ? kind.anyObject : collection),
  run: (
    run,
    value: Value,
    recursive: Value = true,
    nulls: Value = true,
    strings: Value = true,
    objects: Value = true,
    arrays: Value = true,
    nullish: Value = false,
  ) => {
    const isEmptyValue = (v: Value): boolean => {
      if (v === null) return nulls === true || nullish === true
      if (isString(v)) return (strings === true && byteLength(v) === 0) || (nullish === true && /^(?:-|\s*)$/.test(text(v)))
      return Array.isArray(v) ? arrays === true && v.length === 0 : isObject(v) && objects === true && fieldNames(v).length === 0
    }
    const compacted = (v: Value): Value => {
      run.spend(1)
      const inner = (x: Value): Value => (recursive === true && (Array.isArray(x) || isObject(x)) ? compacted(x) : x)
      if (Array.isArray(v)) return v.map(inner).filter((x) => !isEmptyValue(x))
      if (!isObject(v)) return v
      return fields(
        fieldNames(v)
          .map((k) => [k, inner(v[k]!)] as const)
          .filter(([, x]) => !isEmptyValue(x)),
      )
    }
    return compacted(value)
  },
  example: { source: 'compact({ "a": null, "b": [""], "c": 1 })', result: { c: 1 } },
})
