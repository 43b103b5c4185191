import { Column } from '../evaluation/column.ts'
import type { PromFunction } from './function.ts'

export const timestamp = {
  name: 'timestamp',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'When each sample was taken, in epoch seconds; the time of evaluation for anything but a plain selector.',
  example: 'time() - timestamp(up)',
  timeDependent: true,
  run: (call) => {
    const picked = call.picked(0)
    if (picked) return picked.map(({ column, times }) => timesOf(column, (step) => times[step] as number))
    return call.vector(0).map((column) => timesOf(column, (step) => call.steps.start + step * call.steps.step))
  },
} as const satisfies PromFunction

function timesOf(column: Column, at: (step: number) => number): Column {
  const out = new Column(column.labels, column.has.length, true)
  for (let step = 0; step < out.has.length; step++) if (column.has[step] !== 0) out.set(step, at(step) / 1000)
  return out
}
