import { varianceOfHistogram } from '../histogram/quantile.ts'
import { ofHistogram } from './families/each.ts'
import { sumOf } from './families/total.ts'
import type { PromFunction } from './function.ts'

export const histogramStddev = {
  name: 'histogram_stddev',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The estimated standard deviation of the observations of each native histogram.',
  example: 'histogram_stddev(rate(latency_seconds[5m]))',
  run: ofHistogram((h) => Math.sqrt(varianceOfHistogram(h, (terms) => sumOf(Float64Array.from(terms), 0, terms.length)))),
} as const satisfies PromFunction
