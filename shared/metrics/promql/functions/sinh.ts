import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const sinh = {
  name: 'sinh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The hyperbolic sine of each sample.',
  example: 'sinh(temperature_celsius)',
  run: ofFloat(Math.sinh),
} as const satisfies PromFunction
