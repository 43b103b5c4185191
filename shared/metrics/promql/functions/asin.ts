import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const asin = {
  name: 'asin',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The angle in radians whose sine each sample is.',
  example: 'asin(angle)',
  run: ofFloat(Math.asin),
} as const satisfies PromFunction
