import { goMax } from '../text/number.ts'
import { eachFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const clampMin = {
  name: 'clamp_min',
  args: ['vector', 'scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample, but at least the scalar.',
  example: 'clamp_min(rate_change, 0)',
  run: (call) => {
    const min = call.scalar(1)
    return eachFloat(call.vector(0), (value, step) => goMax(min[step] as number, value))
  },
} as const satisfies PromFunction
