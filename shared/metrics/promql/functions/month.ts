import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const month = {
  name: 'month',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The month, 1 to 12, of each sample taken as epoch seconds, in UTC.',
  example: 'month()',
  timeDependent: true,
  run: datePart((date) => date.getUTCMonth() + 1),
} as const satisfies PromFunction
