import { formatOpenMetrics } from '../text/number.ts'
import { fromHistograms, histogramSources } from './families/buckets.ts'
import { checkQuantiles, quantileOf } from './families/quantiles.ts'
import type { PromFunction } from './function.ts'

export const histogramQuantiles = {
  name: 'histogram_quantiles',
  args: ['vector', 'string', 'scalar', 'scalar'],
  variadic: 9,
  returns: 'vector',
  doc: 'Several quantiles of the observations of histograms, told apart by a label.',
  example: 'histogram_quantiles(rate(latency_seconds[5m]), "quantile", 0.5, 0.9, 0.99)',
  run: (call) => {
    const label = call.text(1)
    const all = call.expr.args.slice(2).map((_, i) => call.scalar(i + 2))
    all.forEach((phi, i) => {
      checkQuantiles(phi, (note) => call.note(i + 2, note))
    })
    const sources = histogramSources(call, 0)
    return all.flatMap((phi) =>
      fromHistograms(
        call,
        sources,
        (h, step, labels) => quantileOf(call, phi[step] as number, h, step, labels, 0),
        (labels, step) => labels.with(label, formatOpenMetrics(phi[step] as number)),
      ),
    )
  },
} as const satisfies PromFunction
