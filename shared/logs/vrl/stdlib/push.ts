import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { exactLength } from '../kind-path.ts'
import type { Value } from '../value.ts'

export const push = define({
  name: 'push',
  summary: 'An array with one more item at its end.',
  parameters: [required('value', kind.anyArray), required('item', kind.any)],
  returns: (call) => {
    const c: kind.Collection<number> = call.kind('value')!.array ?? kind.anyOf
    const item = kind.upgradeUndefined(call.kind('item')!)
    const length = exactLength(c)
    return kind.array(
      length === undefined
        ? kind.withUnknown(c, kind.union(kind.unknownKind(c as kind.Collection<never>), item))
        : kind.withKnown(c, length, item),
    )
  },
  run: (run, value: Value[], item: Value) => {
    run.spend(value.length >> 6)
    return [...value, item]
  },
  example: { source: 'push([1], 2)', result: [1, 2] },
})
