import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const sqrt = {
  name: 'sqrt',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The square root of each sample.',
  example: 'sqrt(temperature_celsius)',
  run: ofFloat(Math.sqrt),
} as const satisfies PromFunction
