import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const hour = {
  name: 'hour',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The hour of the day, 0 to 23, of each sample taken as epoch seconds, in UTC.',
  example: 'hour()',
  timeDependent: true,
  run: datePart((date) => date.getUTCHours()),
} as const satisfies PromFunction
