import { whereAbsent } from './families/absence.ts'
import type { PromFunction } from './function.ts'

export const absent = {
  name: 'absent',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: '1 where the vector is empty, with the labels its selector fixes; nothing where it is not.',
  example: 'absent(up{job="api"})',
  run: (call) => {
    const there = new Uint8Array(call.steps.n)
    for (const column of call.vector(0)) for (let i = 0; i < there.length; i++) if (column.has[i] !== 0) there[i] = 1
    return whereAbsent(call.arg(0), there)
  },
} as const satisfies PromFunction
