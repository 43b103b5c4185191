import { Column } from '../evaluation/column.ts'
import type { PromFunction } from './function.ts'

export const startTimestamp = {
  name: 'start_timestamp',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'When the counter behind each sample started, in epoch seconds, 0 where that is not known; nothing for anything but a plain selector.',
  example: 'time() - start_timestamp(http_requests_total)',
  run: (call) => {
    const picked = call.picked(0)
    // What the argument refuses or remarks on still counts.
    if (!picked) call.vector(0)
    return (picked ?? []).map(({ column, starts }) => {
      const out = new Column(column.labels, column.has.length, true)
      for (let step = 0; step < out.has.length; step++) if (column.has[step] !== 0) out.set(step, (starts[step] as number) / 1000)
      return out
    })
  },
} as const satisfies PromFunction
