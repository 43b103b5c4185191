import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const ceil = {
  name: 'ceil',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample rounded up to a whole number.',
  example: 'ceil(temperature_celsius)',
  run: ofFloat(Math.ceil),
} as const satisfies PromFunction
