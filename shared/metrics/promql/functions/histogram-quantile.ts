import { fromHistograms, histogramSources } from './families/buckets.ts'
import { checkQuantiles, quantileOf } from './families/quantiles.ts'
import type { PromFunction } from './function.ts'

export const histogramQuantile = {
  name: 'histogram_quantile',
  args: ['scalar', 'vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The φ-quantile of the observations of classic and native histograms.',
  example: 'histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[10m])))',
  run: (call) => {
    const phi = call.scalar(0)
    checkQuantiles(phi, (note) => call.note(0, note))
    return fromHistograms(call, histogramSources(call, 1), (h, step, labels) => quantileOf(call, phi[step] as number, h, step, labels, 1))
  },
} as const satisfies PromFunction
