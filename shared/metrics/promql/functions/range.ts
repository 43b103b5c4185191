import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const range = {
  name: 'range',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'How long the range of the query is, in seconds.',
  example: 'vector(range())',
  timeDependent: true,
  run: (call) => eachStep(call, () => (call.query.end - call.query.start) / 1000),
} as const satisfies PromFunction
