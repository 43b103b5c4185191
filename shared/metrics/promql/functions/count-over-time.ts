import { floatCount, histogramCount } from '../evaluation/window.ts'
import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const countOverTime = {
  name: 'count_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'How many samples a range has.',
  example: 'count_over_time(up[1h])',
  run: (call) => overWindows(call, 0, (w) => floatCount(w) + histogramCount(w)),
} as const satisfies PromFunction
