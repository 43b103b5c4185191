import { sameLabelset } from '../limits.ts'
import { ABSENT, Column } from './column.ts'

/**
 * Makes columns with equal labels one, as happens once names are dropped. Two samples at one step cannot be told apart any more
 * and fail the query.
 */
export function mergeSameLabels(columns: readonly Column[]): Column[] {
  const byLabels = new Map<string, Column>()
  const own = new Set<Column>()
  for (const column of columns) {
    const { key } = column.labels
    const before = byLabels.get(key)
    if (!before) {
      byLabels.set(key, column)
      continue
    }
    let target = before
    if (!own.has(target)) {
      target = new Column(before.labels, before.has.length, before.dropName)
      for (let step = 0; step < target.has.length; step++) target.copyStep(before, step)
      own.add(target)
      byLabels.set(key, target)
    }
    merge(target, column)
  }
  return byLabels.size === columns.length ? [...columns] : [...byLabels.values()]
}

/** Carries out the delayed removal of names, types and units. */
export function dropNames(columns: readonly Column[]): Column[] {
  return mergeSameLabels(columns.map((c) => (c.dropName ? c.relabelled(c.labels.withoutMetadata(), false) : c)))
}

function merge(target: Column, column: Column): void {
  for (let step = 0; step < target.has.length; step++) {
    if (column.has[step] === ABSENT) continue
    if (target.has[step] !== ABSENT) throw sameLabelset()
    target.copyStep(column, step)
  }
}
