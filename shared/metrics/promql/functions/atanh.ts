import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const atanh = {
  name: 'atanh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The inverse hyperbolic tangent of each sample.',
  example: 'atanh(angle)',
  run: ofFloat(Math.atanh),
} as const satisfies PromFunction
