import { ofHistogram } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const histogramAvg = {
  name: 'histogram_avg',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The mean of the observations of each native histogram.',
  example: 'histogram_avg(rate(latency_seconds[5m]))',
  run: ofHistogram((h) => h.sum / h.count),
} as const satisfies PromFunction
