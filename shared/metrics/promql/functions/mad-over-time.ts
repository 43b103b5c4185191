import { quantile } from '../evaluation/quantile.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const madOverTime = {
  name: 'mad_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The median absolute deviation of the floats in a range.',
  example: 'mad_over_time(latency_seconds[1h])',
  run: (call) =>
    overFloats(call, 0, (floats, from, to) => {
      const values = floats.slice(from, to)
      if (values.some(Number.isNaN)) return Number.NaN
      const median = quantile(0.5, values, values.length)
      const deviations = values.map((value) => Math.abs(value - median))
      return quantile(0.5, deviations, deviations.length)
    }),
} as const satisfies PromFunction
