import { type Labels, METADATA } from '../labels.ts'
import type { Aggregate } from '../syntax/ast.ts'
import type { Column } from './column.ts'

export type Group = { readonly labels: Labels; readonly columns: Column[] }

/** Series by the labels an aggregation keeps, in the order in which groups first appear. */
export function groupColumns(expr: Pick<Aggregate, 'grouping' | 'without'>, columns: readonly Column[]): Group[] {
  const groups = new Map<string, Group>()
  const labelsOf = groupLabels(expr)
  for (const column of columns) {
    const labels = labelsOf(column.labels)
    const group = groups.get(labels.key)
    if (group) group.columns.push(column)
    else groups.set(labels.key, { labels, columns: [column] })
  }
  return [...groups.values()]
}

export function groupLabels({ grouping, without }: Pick<Aggregate, 'grouping' | 'without'>): (labels: Labels) => Labels {
  if (!without) return (labels) => labels.only(grouping)
  const dropped = [...METADATA, ...grouping]
  return (labels) => labels.without(dropped)
}
