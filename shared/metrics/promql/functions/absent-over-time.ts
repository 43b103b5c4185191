import { whereAbsent } from './families/absence.ts'
import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const absentOverTime = {
  name: 'absent_over_time',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: '1 where the range has no sample, with the labels its selector fixes; nothing where it has one.',
  example: 'absent_over_time(up{job="api"}[10m])',
  run: (call) => {
    const there = new Uint8Array(call.steps.n)
    for (const column of overWindows(call, 0, () => 1)) for (let i = 0; i < there.length; i++) if (column.has[i] !== 0) there[i] = 1
    return whereAbsent(call.arg(0), there)
  },
} as const satisfies PromFunction
