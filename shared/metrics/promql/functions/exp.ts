import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const exp = {
  name: 'exp',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'e to the power of each sample.',
  example: 'exp(temperature_celsius)',
  run: ofFloat(Math.exp),
} as const satisfies PromFunction
