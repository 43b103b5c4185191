import { compare } from '../arithmetic.ts'
import { equal } from '../equal.ts'
import type { Run } from '../run.ts'
import { type Fields, fail, field, fieldNames, fields, isObject, isString, text, type Value } from '../value.ts'

/** The rows of a table the host provides. */
export function tableRows(run: Run, name: string): readonly Fields[] {
  const tables = run.surroundings.tables ?? {}
  return Object.hasOwn(tables, name) ? tables[name]! : fail(`table ${name} not loaded`)
}

/** Rows whose fields are equal, or within `from` and `to`, to what the condition gives. */
export function matchingRows(rows: readonly Fields[], condition: Fields, caseSensitive: boolean): Fields[] {
  return rows.filter((row) => fieldNames(condition).every((k) => matches(field(row, k), condition[k]!, caseSensitive)))
}

function matches(v: Value | undefined, wanted: Value, caseSensitive: boolean): boolean {
  if (v === undefined) return false
  if (isObject(wanted)) {
    const { from, to } = wanted
    return (from === undefined || compare(v, from, '>=') >= 0) && (to === undefined || compare(v, to, '<=') <= 0)
  }
  if (!caseSensitive && isString(v) && isString(wanted)) return text(v).toLowerCase() === text(wanted).toLowerCase()
  return equal(v, wanted)
}

export const selected = (row: Fields, select: readonly Value[] | undefined): Fields =>
  select ? fields(select.filter(isString).map((s) => [text(s), field(row, text(s)) ?? null] as const)) : row
