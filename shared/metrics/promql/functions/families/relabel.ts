import type { Column } from '../../evaluation/column.ts'
import { mergeSameLabels } from '../../evaluation/merge.ts'
import { NAME } from '../../labels.ts'
import { QueryError } from '../../limits.ts'
import { isUtf8 } from '../../text/quoted.ts'

/** Sets one label of each series; `undefined` leaves the series alone. A name that is set anew is not dropped any more. */
export function withLabel(columns: readonly Column[], label: string, value: (column: Column) => string | undefined): Column[] {
  return mergeSameLabels(
    columns.map((column) => {
      const text = value(column)
      if (text === undefined) return column
      return column.relabelled(column.labels.with(label, text), label === NAME ? false : column.dropName)
    }),
  )
}

export function checkLabelName(name: string, what: string): void {
  if (name === '' || !isUtf8(name)) throw new QueryError(`invalid ${what}: ${name}`)
}
