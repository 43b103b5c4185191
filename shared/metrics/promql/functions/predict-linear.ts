import { regression } from './families/statistics.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const predictLinear = {
  name: 'predict_linear',
  args: ['matrix', 'scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'What a gauge will be in so many seconds, by linear regression over a range.',
  example: 'predict_linear(disk_free_bytes[6h], 4 * 3600) < 0',
  timeDependent: true,
  run: (call) => {
    const ahead = call.scalar(1)
    return overFloats(
      call,
      0,
      (floats, from, to, { series }, step) => {
        const now = call.steps.start + step * call.steps.step
        const { slope, intercept } = regression(series.floatTimes, floats, from, to, now)
        return slope * (ahead[step] as number) + intercept
      },
      2,
    )
  },
} as const satisfies PromFunction
