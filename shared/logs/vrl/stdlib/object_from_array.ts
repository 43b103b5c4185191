import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { type Fields, fail, isString, put, text, type Value } from '../value.ts'

export const object_from_array = define({
  name: 'object_from_array',
  summary: 'An object from pairs of name and value, or from an array of values and one of names.',
  parameters: [required('values', kind.anyArray), optional('keys', kind.anyArray)],
  returns: kind.anyObject,
  run: (_, values: Value[], keys?: Value[]) => {
    const pairs = keys ? keys.map((k, i) => [k, i < values.length ? values[i]! : undefined] as const) : values.map(pairOf)
    const out: Fields = {}
    for (const [k, v] of pairs) if (k !== null && v !== undefined) put(out, isString(k) ? text(k) : fail('object keys must be strings'), v)
    return out
  },
  example: { source: 'object_from_array([["a", 1], ["b", 2]])', result: { a: 1, b: 2 } },
})

const pairOf = (v: Value): readonly [Value, Value] => (Array.isArray(v) ? [v[0] ?? null, v[1] ?? null] : wrongType('array', v))
