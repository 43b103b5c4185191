import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const tsOfLastOverTime = {
  name: 'ts_of_last_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'When the newest sample in a range was taken, in epoch seconds.',
  example: 'ts_of_last_over_time(up[1h])',
  run: (call) =>
    overWindows(call, 0, ({ series, f0, f1, h0, h1 }) => {
      const float = f1 > f0 ? (series.floatTimes[f1 - 1] as number) : Number.NEGATIVE_INFINITY
      const histogram = h1 > h0 ? (series.histogramTimes[h1 - 1] as number) : Number.NEGATIVE_INFINITY
      return Math.max(float, histogram) / 1000
    }),
} as const satisfies PromFunction
