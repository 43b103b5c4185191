import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const lastOverTime = {
  name: 'last_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The newest sample in a range, under its own name.',
  example: 'last_over_time(build_info[1d])',
  run: (call) =>
    overWindows(
      call,
      0,
      ({ series, f0, f1, h0, h1 }) => {
        const float = f1 > f0 ? (series.floatTimes[f1 - 1] as number) : Number.NEGATIVE_INFINITY
        const histogram = h1 > h0 ? (series.histogramTimes[h1 - 1] as number) : Number.NEGATIVE_INFINITY
        return float > histogram ? (series.floats[f1 - 1] as number) : series.histograms[h1 - 1]
      },
      true,
    ),
} as const satisfies PromFunction
