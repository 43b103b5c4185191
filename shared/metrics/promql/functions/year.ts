import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const year = {
  name: 'year',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The year of each sample taken as epoch seconds, in UTC.',
  example: 'year()',
  timeDependent: true,
  run: datePart((date, years) => date.getUTCFullYear() + years),
} as const satisfies PromFunction
