import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { exactLength } from '../kind-path.ts'
import type { Value } from '../value.ts'

export const pop = define({
  name: 'pop',
  summary: 'An array without its last item.',
  parameters: [required('value', kind.anyArray)],
  returns: (call) => {
    const c: kind.Collection<number> = call.kind('value')!.array ?? kind.anyOf
    const length = exactLength(c)
    return kind.array(
      length === undefined ? kind.anonymize(c) : { known: new Map([...c.known].filter(([i]) => i < length - 1)), unknown: c.unknown },
    )
  },
  run: (_, value: Value[]) => value.slice(0, -1),
  example: { source: 'pop([1, 2])', result: [1] },
})
