import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const presentOverTime = {
  name: 'present_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: '1 for every series with a sample in the range.',
  example: 'present_over_time(up[1h])',
  run: (call) => overWindows(call, 0, () => 1),
} as const satisfies PromFunction
