import { varianceOf } from './families/statistics.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const stddevOverTime = {
  name: 'stddev_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The population standard deviation of the floats in a range.',
  example: 'stddev_over_time(latency_seconds[1h])',
  run: (call) => overFloats(call, 0, (floats, from, to) => Math.sqrt(varianceOf(floats, from, to))),
} as const satisfies PromFunction
