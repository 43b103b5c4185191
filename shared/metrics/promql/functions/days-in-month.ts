import { datePart } from './families/calendar.ts'
import type { PromFunction } from './function.ts'

export const daysInMonth = {
  name: 'days_in_month',
  args: ['vector'],
  variadic: 1,
  returns: 'vector',
  doc: 'How many days the month of each sample has, the sample taken as epoch seconds, in UTC.',
  example: 'days_in_month()',
  timeDependent: true,
  run: datePart((date) => new Date(Date.UTC(2000 + (date.getUTCFullYear() % 400), date.getUTCMonth() + 1, 0)).getUTCDate()),
} as const satisfies PromFunction
