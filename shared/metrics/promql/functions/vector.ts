import { Column, IS_FLOAT } from '../evaluation/column.ts'
import { Labels } from '../labels.ts'
import type { PromFunction } from './function.ts'

export const vector = {
  name: 'vector',
  args: ['scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'A scalar as a vector with one series without labels.',
  example: 'vector(1)',
  run: (call) => {
    const column = new Column(Labels.none, call.steps.n)
    column.values.set(call.scalar(0))
    column.has.fill(IS_FLOAT)
    return [column]
  },
} as const satisfies PromFunction
