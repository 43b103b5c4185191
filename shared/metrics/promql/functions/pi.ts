import { eachStep } from './families/scalars.ts'
import type { PromFunction } from './function.ts'

export const pi = {
  name: 'pi',
  args: [],
  variadic: 0,
  returns: 'scalar',
  doc: 'The number π.',
  example: '2 * pi() * radius',
  run: (call) => eachStep(call, () => Math.PI),
} as const satisfies PromFunction
