import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const sgn = {
  name: 'sgn',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The sign of each sample: -1, 0 or 1.',
  example: 'sgn(temperature_celsius)',
  run: ofFloat((value) => (value < 0 ? -1 : value > 0 ? 1 : value)),
} as const satisfies PromFunction
