import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const minute = {
  name: 'minute',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'The minute of the hour, 0 to 59, of each sample taken as epoch seconds, in UTC.',
  example: 'minute()',
  timeDependent: true,
  run: datePart((date) => date.getUTCMinutes()),
} as const satisfies PromFunction
