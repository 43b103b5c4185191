import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const time = {
  name: 'time',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'The time of evaluation in epoch seconds.',
  example: 'time() - last_success_timestamp_seconds',
  timeDependent: true,
  run: (call) => eachStep(call, (at) => at / 1000),
} as const satisfies PromFunction
