import { ABSENT, populated } from '../evaluation/column.ts'
import { goMax, goMin } from '../text/number.ts'
import { eachFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const clamp = {
  name: 'clamp',
  args: ['vector', 'scalar', 'scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample limited to lie between two scalars; nothing where the lower one is above the upper.',
  example: 'clamp(free_ratio, 0, 1)',
  run: (call) => {
    const min = call.scalar(1)
    const max = call.scalar(2)
    const columns = eachFloat(call.vector(0), (value, step) => goMax(min[step] as number, goMin(max[step] as number, value)))
    for (const column of columns) for (let i = 0; i < min.length; i++) if ((max[i] as number) < (min[i] as number)) column.has[i] = ABSENT
    return populated(columns)
  },
} as const satisfies PromFunction
