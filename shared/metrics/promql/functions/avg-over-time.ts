import { meanOf, totalOverTime } from './families/total.ts'
import type { PromFunction } from './function.ts'

export const avgOverTime = {
  name: 'avg_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The mean of all samples in a range.',
  example: 'avg_over_time(temperature_celsius[1h])',
  run: (call) => totalOverTime(call, meanOf, true),
} as const satisfies PromFunction
