import { Column } from '../../evaluation/column.ts'
import { Labels } from '../../labels.ts'
import type { FunctionCall } from '../function.ts'
import { eachFloat } from './each.ts'

/** A part of the date, in UTC, of each value taken as epoch seconds; of the time of evaluation without an argument. */
export const datePart =
  (part: (date: Date) => number) =>
  (call: FunctionCall): Column[] => {
    if (call.expr.args.length > 0) return eachFloat(call.vector(0), (value) => part(new Date(Math.trunc(value) * 1000)))
    const now = new Column(Labels.none, call.steps.n)
    for (let i = 0; i < call.steps.n; i++) now.set(i, part(new Date(Math.trunc((call.steps.start + i * call.steps.step) / 1000) * 1000)))
    return [now]
  }

export const startOfYear = (date: Date): number => {
  const start = new Date(0)
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1)
  return start.getTime()
}
