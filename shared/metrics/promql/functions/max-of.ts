import { goMax } from '../text/number.ts'
import type { PromFunction } from './function.ts'

export const maxOf = {
  name: 'max_of',
  args: ['scalar', 'scalar'],
  variadic: 0,
  returns: 'scalar',
  doc: 'The larger of two scalars.',
  example: 'max_of(scalar(limit), 100)',
  run: (call) => {
    const other = call.scalar(1)
    return call.scalar(0).map((value, step) => goMax(value, other[step] as number))
  },
} as const satisfies PromFunction
