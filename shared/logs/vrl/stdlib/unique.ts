import { define, required } from '../define.ts'
import { equal } from '../equal.ts'
import * as kind from '../kind.ts'
import { kindOf, type Value } from '../value.ts'

export const unique = define({
  name: 'unique',
  summary: 'The different items of an array, in the order they first come.',
  parameters: [required('value', kind.anyArray)],
  returns: (call) => kind.array(kind.anonymize<number>(call.kind('value')!.array ?? kind.anyOf)),
  run: (run, value: Value[]) => {
    const seen = new Map<string, Value[]>()
    return value.filter((v) => {
      const key = kindOf(v) + (typeof v === 'object' ? '' : String(v))
      const same = seen.get(key)
      if (same === undefined) seen.set(key, [v])
      else {
        run.spend(same.length >> 3)
        if (same.some((s) => equal(s, v))) return false
        same.push(v)
      }
      return true
    })
  },
  example: { source: 'unique([1, 2, 1])', result: [1, 2] },
})
