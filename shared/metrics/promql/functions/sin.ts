import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const sin = {
  name: 'sin',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The sine of each sample, in radians.',
  example: 'sin(temperature_celsius)',
  run: ofFloat(Math.sin),
} as const satisfies PromFunction
