import { ofHistogram } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const histogramCount = {
  name: 'histogram_count',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'How many observations each native histogram has.',
  example: 'histogram_count(rate(latency_seconds[5m]))',
  run: ofHistogram((h) => h.count),
} as const satisfies PromFunction
