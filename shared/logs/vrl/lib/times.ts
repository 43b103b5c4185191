import type { Run } from '../run.ts'
import { parseTime } from '../strptime.ts'
import { zoneOffset } from '../time.ts'
import { fail, Timestamp } from '../value.ts'

/** A time in a strftime format, or a `Failure` in the reference's words. */
export function timeOrFail(value: string, format: string, zone: string): Timestamp {
  if (zoneOffset(zone, 0) === undefined) return fail(`unable to parse timezone: ${zone}`)
  const t = parseTime(value, format, zone)
  return t instanceof Timestamp ? t : fail(`Invalid timestamp "${value}": ${t.fault}`)
}

/** The year of a date that came without one: this year, but last year for December dates in January. */
export function guessYear(run: Run, month: number): number {
  const at = new Date(run.surroundings.at.ms)
  return at.getUTCMonth() === 0 && month === 12 ? at.getUTCFullYear() - 1 : at.getUTCFullYear()
}

const units: Record<string, bigint> = { seconds: 1_000_000_000n, milliseconds: 1_000_000n, microseconds: 1000n, nanoseconds: 1n }
export const timeUnits = ['seconds', 'milliseconds', 'microseconds', 'nanoseconds'] as const
export const nanosPer = (unit: string): bigint => units[unit] ?? fail(`unit ${unit} not supported`)
