import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const ln = {
  name: 'ln',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The natural logarithm of each sample.',
  example: 'ln(temperature_celsius)',
  run: ofFloat(Math.log),
} as const satisfies PromFunction
