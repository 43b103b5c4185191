import { extremeAt } from './families/extremes.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const minOverTime = {
  name: 'min_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The smallest float in a range.',
  example: 'min_over_time(temperature_celsius[1d])',
  run: (call) => overFloats(call, 0, (floats, from, to) => floats[extremeAt(floats, from, to, (value, best) => value < best)]),
} as const satisfies PromFunction
