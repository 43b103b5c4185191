import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const asinh = {
  name: 'asinh',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The inverse hyperbolic sine of each sample.',
  example: 'asinh(angle)',
  run: ofFloat(Math.asinh),
} as const satisfies PromFunction
