import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const dayOfWeek = {
  name: 'day_of_week',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The day of the week, Sunday 0 to Saturday 6, of each sample taken as epoch seconds, in UTC.',
  example: 'day_of_week()',
  timeDependent: true,
  run: datePart((date) => date.getUTCDay()),
} as const satisfies PromFunction
