import { datePart, startOfYear } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const dayOfYear = {
  name: 'day_of_year',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The day of the year, 1 to 366, of each sample taken as epoch seconds, in UTC.',
  example: 'day_of_year()',
  timeDependent: true,
  run: datePart((date) => Math.floor((date.getTime() - startOfYear(date)) / 86_400_000) + 1),
} as const satisfies PromFunction
