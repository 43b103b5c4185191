import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const firstOverTime = {
  name: 'first_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The oldest sample in a range, under its own name.',
  example: 'first_over_time(queue_length[1h])',
  run: (call) =>
    overWindows(
      call,
      0,
      ({ series, f0, f1, h0, h1 }) => {
        const float = f1 > f0 ? (series.floatTimes[f0] as number) : Number.POSITIVE_INFINITY
        const histogram = h1 > h0 ? (series.histogramTimes[h0] as number) : Number.POSITIVE_INFINITY
        return float < histogram ? (series.floats[f0] as number) : series.histograms[h0]
      },
      true,
    ),
} as const satisfies PromFunction
