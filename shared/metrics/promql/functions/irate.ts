import { lastTwo } from './families/instant.ts'
import type { PromFunction } from './function.ts'

export const irate = {
  name: 'irate',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The growth per second of a counter between the last two samples of a range.',
  example: 'irate(http_requests_total[5m])',
  run: (call) => lastTwo(call, true),
} as const satisfies PromFunction
