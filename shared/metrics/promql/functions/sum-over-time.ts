import { sumOf, totalOverTime } from './families/total.ts'
import type { PromFunction } from './function.ts'

export const sumOverTime = {
  name: 'sum_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The sum of all samples in a range.',
  example: 'sum_over_time(jobs_done[1h])',
  run: (call) => totalOverTime(call, sumOf, false),
} as const satisfies PromFunction
