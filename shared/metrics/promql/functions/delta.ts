import { extrapolatedRate } from './families/rate.ts'
import type { PromFunction } from './function.ts'

export const delta = {
  name: 'delta',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The difference between the last and the first value of a gauge over a range, extrapolated to the ends of the range.',
  example: 'delta(disk_free_bytes[1h])',
  run: (call) => extrapolatedRate(call, { counter: false, perSecond: false }),
} as const satisfies PromFunction
