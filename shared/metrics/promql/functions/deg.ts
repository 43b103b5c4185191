import { ofFloat } from './families/each.ts'
import type { PromFunction } from './function.ts'

export const deg = {
  name: 'deg',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'Each sample, taken as radians, in degrees.',
  example: 'deg(temperature_celsius)',
  run: ofFloat((value) => value * (180 / Math.PI)),
} as const satisfies PromFunction
