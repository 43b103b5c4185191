import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const abs = {
  name: 'abs',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The absolute value of each sample.',
  example: 'abs(temperature_celsius)',
  run: ofFloat(Math.abs),
} as const satisfies PromFunction
