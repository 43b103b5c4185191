import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const end = {
  name: 'end',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'When the range of the query ends, in epoch seconds.',
  example: 'end() - time()',
  timeDependent: true,
  run: (call) => eachStep(call, () => call.query.end / 1000),
} as const satisfies PromFunction
