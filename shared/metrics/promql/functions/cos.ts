import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const cos = {
  name: 'cos',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The cosine of each sample, in radians.',
  example: 'cos(temperature_celsius)',
  run: ofFloat(Math.cos),
} as const satisfies PromFunction
