import { ofHistogram } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const histogramSum = {
  name: 'histogram_sum',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The sum of the observations of each native histogram.',
  example: 'histogram_sum(rate(latency_seconds[5m]))',
  run: ofHistogram((h) => h.sum),
} as const satisfies PromFunction
