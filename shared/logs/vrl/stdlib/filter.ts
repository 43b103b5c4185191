import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { fieldNames, fields, isObject } from '../value.ts'

export const filter = define({
  name: 'filter',
  summary: 'The fields or items for which a block says true.',
  parameters: [required('value', collection)],
  returns: (call) => {
    const k = call.kind('value')!
    return { scalars: k.scalars, array: k.array && kind.anyArray.array, object: k.object && kind.anyObject.object }
  },
  closure: { over: 'value', accepts: collection, variables: ['key', 'value'], returns: kind.boolean },
  prepare: (call) => {
    const value = call.arg('value')!.run
    const { call: block } = call.closure!
    return (run) => {
      const v = value(run)
      if (Array.isArray(v)) return v.filter((item, i) => block(run, i, item) === true)
      return isObject(v)
        ? fields(
            fieldNames(v)
              .filter((k) => block(run, k, v[k]!) === true)
              .map((k) => [k, v[k]!] as const),
          )
        : v
    }
  },
  example: { source: 'filter([1, 2, 3]) -> |_i, n| { n > 1 }', result: [2, 3] },
})
