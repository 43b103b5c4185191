import { goMin } from '../text/number.ts'
import { eachFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const clampMax = {
  name: 'clamp_max',
  args: ['vector', 'scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample, but at most the scalar.',
  example: 'clamp_max(queue_length, 1000)',
  run: (call) => {
    const max = call.scalar(1)
    return eachFloat(call.vector(0), (value, step) => goMin(max[step] as number, value))
  },
} as const satisfies PromFunction
