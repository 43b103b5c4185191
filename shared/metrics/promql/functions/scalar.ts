import { IS_FLOAT } from '../evaluation/column.ts'
import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const scalar = {
  name: 'scalar',
  args: ['vector'],
  variadic: 0,
  returns: 'scalar',
  doc: 'The one float of a vector as a scalar; NaN where there is none or more than one.',
  example: 'scalar(cluster_nodes)',
  run: (call) => {
    const columns = call.vector(0)
    return eachStep(call, (_, step) => {
      const there = columns.filter((column) => column.has[step] === IS_FLOAT)
      return there.length === 1 ? (there[0]?.values[step] ?? Number.NaN) : Number.NaN
    })
  },
} as const satisfies PromFunction
