import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const tan = {
  name: 'tan',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The tangent of each sample, in radians.',
  example: 'tan(temperature_celsius)',
  run: ofFloat(Math.tan),
} as const satisfies PromFunction
