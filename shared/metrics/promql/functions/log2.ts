import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const log2 = {
  name: 'log2',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The logarithm to base 2 of each sample.',
  example: 'log2(temperature_celsius)',
  run: ofFloat(Math.log2),
} as const satisfies PromFunction
