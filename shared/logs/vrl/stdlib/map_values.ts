import { guarded } from '../call-code.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import type { Run } from '../run.ts'
import { fieldNames, fields, isObject, type Value } from '../value.ts'

export const map_values = define({
  name: 'map_values',
  summary: 'The same collection with each value replaced by what a block makes of it; nested ones too on request.',
  parameters: [required('value', collection), optional('recursive', kind.boolean)],
  returns: (call) => mapped(call.kind('value')!, call.closure?.type.kind ?? kind.any),
  closure: { over: 'value', accepts: collection, variables: ['value'], returns: kind.any },
  prepare: (call) => {
    const value = call.arg('value')!.run
    const deep = call.arg('recursive')
    const recursive = deep && guarded(deep, optional('recursive', kind.boolean))
    const { call: block } = call.closure!
    const each = (run: Run, v: Value, deep: boolean): Value => {
      const after = block(run, v)
      return deep && (Array.isArray(after) || isObject(after)) ? all(run, after, true) : after
    }
    const all = (run: Run, v: Value, deep: boolean): Value => {
      if (Array.isArray(v)) return v.map((x) => each(run, x, deep))
      return isObject(v) ? fields(fieldNames(v).map((k) => [k, each(run, v[k]!, deep)] as const)) : v
    }
    return (run) => all(run, value(run), recursive?.(run) === true)
  },
  example: { source: 'map_values([1, 2]) -> |n| { n * 10 }', result: [10, 20] },
})

/** What is known of each value becomes what the block returns; what is unknown stays so. */
const mapped = (k: kind.Kind, to: kind.Kind): kind.Kind => ({
  scalars: k.scalars,
  array: k.array && { known: new Map([...k.array.known.keys()].map((i) => [i, to])), unknown: k.array.unknown },
  object: k.object && { known: new Map([...k.object.known.keys()].map((i) => [i, to])), unknown: k.object.unknown },
})
