import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const rad = {
  name: 'rad',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample, taken as degrees, in radians.',
  example: 'rad(temperature_celsius)',
  run: ofFloat((value) => value * (Math.PI / 180)),
} as const satisfies PromFunction
