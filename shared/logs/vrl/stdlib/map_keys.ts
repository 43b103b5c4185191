import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import type { Run } from '../run.ts'
import { type Fields, fieldNames, fields, isObject, isString, text, type Value } from '../value.ts'

export const map_keys = define({
  name: 'map_keys',
  summary: 'The same object with each name replaced by what a block makes of it; nested ones too on request.',
  parameters: [required('value', kind.anyObject), optional('recursive', kind.boolean)],
  returns: kind.anyObject,
  closure: { over: 'value', accepts: kind.anyObject, variables: [kind.bytes], returns: kind.bytes },
  prepare: (call) => {
    const value = call.arg('value')!.run
    const recursive = call.arg('recursive')?.run
    const { call: block } = call.closure!
    const renamed = (run: Run, o: Fields, deep: boolean): Fields =>
      fields(
        fieldNames(o).map((k) => {
          const name = block(run, k)
          return [isString(name) ? text(name) : wrongType('string', name), deep ? inner(run, o[k]!) : o[k]!] as const
        }),
      )
    const inner = (run: Run, v: Value): Value => (Array.isArray(v) ? v.map((x) => inner(run, x)) : isObject(v) ? renamed(run, v, true) : v)
    return (run) => {
      const v = value(run)
      return isObject(v) ? renamed(run, v, recursive?.(run) === true) : v
    }
  },
  example: { source: 'map_keys({ "a": 1 }) -> |k| { upcase(k) }', result: { A: 1 } },
})
