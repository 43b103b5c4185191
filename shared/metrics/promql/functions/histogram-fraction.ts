import { say } from '../evaluation/notes.ts'
import { bucketFraction } from '../histogram/classic.ts'
import { fractionOfHistogram } from '../histogram/quantile.ts'
import { fromHistograms, histogramSources } from './families/buckets.ts'
import type { PromFunction } from './function.ts'

export const histogramFraction = {
  name: 'histogram_fraction',
  args: ['scalar', 'scalar', 'vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The share of observations between two values, of classic and native histograms.',
  example: 'histogram_fraction(0, 0.2, rate(latency_seconds[1h]))',
  run: (call) => {
    const lower = call.scalar(0)
    const upper = call.scalar(1)
    return fromHistograms(call, histogramSources(call, 2), (h, step, labels) => {
      const [from, to] = [lower[step] as number, upper[step] as number]
      if (Array.isArray(h)) return bucketFraction(from, to, h)
      const { value, nanExcluded } = fractionOfHistogram(from, to, h)
      if (nanExcluded) call.note(2, say.fractionNan(labels.name))
      return value
    })
  },
} as const satisfies PromFunction
