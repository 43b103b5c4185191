import { eachFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const round = {
  name: 'round',
  args: ['vector', 'scalar'],
  variadic: 1,
  returns: 'vector',
  doc: 'Each sample rounded to the nearest multiple of the second argument, 1 by default; halves go up.',
  example: 'round(latency_seconds, 0.01)',
  run: (call) => {
    const to = call.expr.args.length > 1 ? call.scalar(1) : null
    return eachFloat(call.vector(0), (value, step) => {
      // Dividing by the inverse keeps 0.1 steps exact where multiplying does not.
      const inverse = 1 / (to ? (to[step] as number) : 1)
      return Math.floor(value * inverse + 0.5) / inverse
    })
  },
} as const satisfies PromFunction
