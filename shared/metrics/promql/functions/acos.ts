import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const acos = {
  name: 'acos',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The angle in radians whose cosine each sample is.',
  example: 'acos(angle)',
  run: ofFloat(Math.acos),
} as const satisfies PromFunction
