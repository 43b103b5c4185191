import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const atan = {
  name: 'atan',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The angle in radians whose tangent each sample is.',
  example: 'atan(angle)',
  run: ofFloat(Math.atan),
} as const satisfies PromFunction
