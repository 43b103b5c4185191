import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { joinArrays } from '../lib/array-kinds.ts'
import type { Value } from '../value.ts'

export const append = define({
  name: 'append',
  summary: 'An array followed by the items of another.',
  parameters: [required('value', kind.anyArray), required('items', kind.anyArray)],
  returns: (call) => kind.array(joinArrays(call.kind('value')!.array ?? kind.anyOf, call.kind('items')!.array ?? kind.anyOf)),
  run: (run, value: Value[], items: Value[]) => {
    run.spend((value.length + items.length) >> 6)
    return [...value, ...items]
  },
  example: { source: 'append([1], [2, 3])', result: [1, 2, 3] },
})
