import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const cosh = {
  name: 'cosh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The hyperbolic cosine of each sample.',
  example: 'cosh(temperature_celsius)',
  run: ofFloat(Math.cosh),
} as const satisfies PromFunction
