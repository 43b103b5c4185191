import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const acosh = {
  name: 'acosh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The inverse hyperbolic cosine of each sample.',
  example: 'acosh(angle)',
  run: ofFloat(Math.acosh),
} as const satisfies PromFunction
