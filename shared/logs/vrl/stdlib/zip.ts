import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import type { Value } from '../value.ts'

export const zip = define({
  name: 'zip',
  summary: 'Arrays walked in step: one array of the first items, one of the second and so on, as long as the shortest.',
  parameters: [required('array_0', kind.anyArray), optional('array_1', kind.anyArray)],
  returns: kind.arrayOf(kind.anyArray),
  run: (run, first: Value[], second?: Value[]) => {
    const arrays = second === undefined ? first.map((a) => (Array.isArray(a) ? a : wrongType('array', a))) : [first, second]
    const shortest = arrays.length === 0 ? 0 : Math.min(...arrays.map((a) => a.length))
    run.spend((shortest * arrays.length) >> 6)
    return Array.from({ length: shortest }, (_, i) => arrays.map((a) => a[i]!))
  },
  example: {
    source: 'zip(["a", "b"], [1, 2])',
    result: [
      ['a', 1],
      ['b', 2],
    ],
  },
})
