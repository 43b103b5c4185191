import { goMin } from '../text/number.ts'
import type { PromFunction } from './function.ts'

export const minOf = {
  name: 'min_of',
  args: ['scalar', 'scalar'],
  variadic: 0,
  returns: 'scalar',
  doc: 'The smaller of two scalars.',
  example: 'min_of(scalar(limit), 100)',
  run: (call) => {
    const other = call.scalar(1)
    return call.scalar(0).map((value, step) => goMin(value, other[step] as number))
  },
} as const satisfies PromFunction
