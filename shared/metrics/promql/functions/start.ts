import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const start = {
  name: 'start',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'When the range of the query starts, in epoch seconds.',
  example: 'time() - start()',
  timeDependent: true,
  run: (call) => eachStep(call, () => call.query.start / 1000),
} as const satisfies PromFunction
