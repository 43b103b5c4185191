import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const log10 = {
  name: 'log10',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The logarithm to base 10 of each sample.',
  example: 'log10(temperature_celsius)',
  run: ofFloat(Math.log10),
} as const satisfies PromFunction
