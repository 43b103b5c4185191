import { say } from '../evaluation/notes.ts'
import { quantile } from '../evaluation/quantile.ts'
import { overFloats } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const quantileOverTime = {
  name: 'quantile_over_time',
  args: ['scalar', 'matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The φ-quantile of the floats in a range.',
  example: 'quantile_over_time(0.95, latency_seconds[1h])',
  run: (call) => {
    const phi = call.scalar(0)
    let window = new Float64Array(256)
    return overFloats(call, 1, (floats, from, to, _, step) => {
      const q = phi[step] as number
      if (Number.isNaN(q) || q < 0 || q > 1) call.note(0, say.badQuantile(q))
      const n = to - from
      if (window.length < n) window = new Float64Array(2 * n)
      for (let i = 0; i < n; i++) window[i] = floats[from + i] as number
      return quantile(q, window, n)
    })
  },
} as const satisfies PromFunction
