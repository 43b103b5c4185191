import { extrapolatedRate } from './families/rate.ts'
import type { PromFunction } from './function.ts'

export const increase = {
  name: 'increase',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The growth of a counter over a range, resets mended, extrapolated to the ends of the range.',
  example: 'increase(http_requests_total[1h])',
  run: (call) => extrapolatedRate(call, { counter: true, perSecond: false }),
} as const satisfies PromFunction
