import { extremeAt } from './families/extremes.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const tsOfMinOverTime = {
  name: 'ts_of_min_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'When the smallest float in a range was taken, in epoch seconds; the last time of several.',
  example: 'ts_of_min_over_time(temperature_celsius[1d])',
  run: (call) =>
    overFloats(
      call,
      0,
      (floats, from, to, w) => (w.series.floatTimes[extremeAt(floats, from, to, (value, best) => value <= best)] as number) / 1000,
    ),
} as const satisfies PromFunction
