import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { fieldNames, isObject } from '../value.ts'

export const for_each = define({
  name: 'for_each',
  summary: 'Runs a block for each field or item.',
  parameters: [required('value', collection)],
  returns: kind.nothing,
  closure: { over: 'value', accepts: collection, variables: ['key', 'value'], returns: kind.any },
  prepare: (call) => {
    const value = call.arg('value')!.run
    const { call: block } = call.closure!
    return (run) => {
      const v = value(run)
      if (Array.isArray(v)) for (const [i, item] of v.entries()) block(run, i, item)
      else if (isObject(v)) for (const k of fieldNames(v)) block(run, k, v[k]!)
      return null
    }
  },
  example: { source: 'sum = 0\nfor_each([1, 2]) -> |_i, n| { sum = sum + n }\nsum', result: 3 },
})
