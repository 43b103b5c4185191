import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const tanh = {
  name: 'tanh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The hyperbolic tangent of each sample.',
  example: 'tanh(temperature_celsius)',
  run: ofFloat(Math.tanh),
} as const satisfies PromFunction
