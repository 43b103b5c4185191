import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const step = {
  name: 'step',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'The step of the query in seconds; 0 for an instant query.',
  example: 'vector(step())',
  timeDependent: true,
  run: (call) => eachStep(call, () => call.query.step / 1000),
} as const satisfies PromFunction
