import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const dayOfMonth = {
  name: 'day_of_month',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The day of the month, 1 to 31, of each sample taken as epoch seconds, in UTC.',
  example: 'day_of_month()',
  timeDependent: true,
  run: datePart((date) => date.getUTCDate()),
} as const satisfies PromFunction
