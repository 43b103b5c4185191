import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const floor = {
  name: 'floor',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample rounded down to a whole number.',
  example: 'floor(temperature_celsius)',
  run: ofFloat(Math.floor),
} as const satisfies PromFunction
