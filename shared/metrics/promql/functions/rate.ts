import { extrapolatedRate } from './families/rate.ts'
import type { PromFunction } from './function.ts'

export const rate = {
  name: 'rate',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The average growth per second of a counter over a range, resets mended, extrapolated to the ends of the range.',
  example: 'rate(http_requests_total[5m])',
  run: (call) => extrapolatedRate(call, { counter: true, perSecond: true }),
} as const satisfies PromFunction
