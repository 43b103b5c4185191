import { Column } from '../../evaluation/column.ts'
import { Labels } from '../../labels.ts'
import type { FunctionCall } from '../function.ts'
import { eachFloat } from './each.ts'

/** `years` are to be added to those of `date`: a Date spans some 270,000 years only. */
type Part = (date: Date, years: number) => number

/** A part of the date, in UTC, of each value taken as epoch seconds; of the time of evaluation without an argument. */
export const datePart =
  (part: Part) =>
  (call: FunctionCall): Column[] => {
    if (call.expr.args.length > 0) return eachFloat(call.vector(0), (value) => partOf(value, part))
    const now = new Column(Labels.none, call.steps.n)
    for (let i = 0; i < call.steps.n; i++) now.set(i, partOf((call.steps.start + i * call.steps.step) / 1000, part))
    return [now]
  }

export const startOfYear = (date: Date): number => {
  const start = new Date(0)
  start.setUTCFullYear(date.getUTCFullYear(), 0, 1)
  return start.getTime()
}

const DATE_MAX_S = 8.64e12
/** What a processor of the x86 family makes of NaN and of what has no place in 64 bits. */
const OUT_OF_RANGE = -(2n ** 63n)
/** Go counts seconds from the year -292277022400 in 64 bits without a sign, and wraps around. */
const GO_EPOCH_S = 9_223_372_028_741_760_000n
const DAY_S = 86_400n
/** 400 years of the Gregorian calendar: it repeats, weekdays included. */
const CYCLE_DAYS = 146_097n

function partOf(value: number, part: Part): number {
  if (Math.abs(value) <= DATE_MAX_S) return part(new Date(Math.trunc(value) * 1000), 0)
  const seconds = Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : OUT_OF_RANGE
  const since1970 = BigInt.asUintN(64, seconds + GO_EPOCH_S) - GO_EPOCH_S
  const days = since1970 / DAY_S - (since1970 % DAY_S < 0n ? 1n : 0n)
  const cycles = days / CYCLE_DAYS - (days % CYCLE_DAYS < 0n ? 1n : 0n)
  const left = Number(days - cycles * CYCLE_DAYS) * 86_400 + Number(since1970 - days * DAY_S)
  return part(new Date(left * 1000), Number(cycles) * 400)
}
