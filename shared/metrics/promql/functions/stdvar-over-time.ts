import { varianceOf } from './families/statistics.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const stdvarOverTime = {
  name: 'stdvar_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The population variance of the floats in a range.',
  example: 'stdvar_over_time(latency_seconds[1h])',
  run: (call) => overFloats(call, 0, varianceOf),
} as const satisfies PromFunction
