import { regression } from './families/statistics.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const deriv = {
  name: 'deriv',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The change per second of a gauge over a range, by linear regression.',
  example: 'deriv(disk_free_bytes[1h])',
  run: (call) =>
    overFloats(
      call,
      0,
      (floats, from, to, { series: { floatTimes } }) => regression(floatTimes, floats, from, to, floatTimes[from] as number).slope,
      2,
    ),
} as const satisfies PromFunction
