import { varianceOfHistogram } from '../histogram/quantile.ts'
import { ofHistogram } from './families/each.ts'
import { sumOf } from './families/total.ts'
import type { PromFunction } from './function.ts'

export const histogramStdvar = {
  name: 'histogram_stdvar',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The estimated variance of the observations of each native histogram.',
  example: 'histogram_stdvar(rate(latency_seconds[5m]))',
  run: ofHistogram((h) => varianceOfHistogram(h, (terms) => sumOf(Float64Array.from(terms), 0, terms.length))),
} as const satisfies PromFunction
