import { merged } from '../arithmetic.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import type { Run } from '../run.ts'
import { type Fields, field, fieldNames, isObject, put, type Value } from '../value.ts'

export const mergeFunction = define({
  name: 'merge',
  summary: 'The fields of two objects, those of the second where both have one; deep on request.',
  parameters: [required('to', kind.anyObject), required('from', kind.anyObject), optional('deep', kind.boolean)],
  returns: (call) => {
    const [to, from] = [call.kind('to')!, call.kind('from')!]
    const both = kind.union({ scalars: 0, object: to.object ?? kind.anyOf }, { scalars: 0, object: from.object ?? kind.anyOf }, true)
    // a deep merge leaves fields of `to` inside those of `from`: only the outer level is certain
    return call.arg('deep') === undefined || call.constant('deep') === false
      ? both
      : kind.object(kind.mergeCollections<string>(to.object ?? kind.anyOf, from.object ?? kind.anyOf, false))
  },
  run: (run, to: Fields, from: Fields, deep: Value = false) => (deep === true ? mergeDeep(run, to, from) : merged(to, from)),
  example: { source: 'merge({ "a": 1 }, { "b": 2 })', result: { a: 1, b: 2 } },
})

function mergeDeep(run: Run, to: Fields, from: Fields): Fields {
  run.spend(1)
  const out = { ...to }
  for (const k of fieldNames(from)) {
    const [a, b] = [field(to, k), from[k]!]
    put(out, k, isObject(a) && isObject(b) ? mergeDeep(run, a, b) : b)
  }
  return out
}
