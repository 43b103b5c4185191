import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const tsOfFirstOverTime = {
  name: 'ts_of_first_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'When the oldest sample in a range was taken, in epoch seconds.',
  example: 'ts_of_first_over_time(up[1h])',
  run: (call) =>
    overWindows(call, 0, ({ series, f0, f1, h0, h1 }) => {
      const float = f1 > f0 ? (series.floatTimes[f0] as number) : Number.POSITIVE_INFINITY
      const histogram = h1 > h0 ? (series.histogramTimes[h0] as number) : Number.POSITIVE_INFINITY
      return Math.min(float, histogram) / 1000
    }),
} as const satisfies PromFunction
