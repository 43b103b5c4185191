import { Column, IS_FLOAT, IS_HISTOGRAM, populated } from '../../evaluation/column.ts'
import { say } from '../../evaluation/notes.ts'
import { isMoment } from '../../evaluation/steps.ts'
import { compareLabels } from '../../labels.ts'
import { compareNaturally } from '../../text/order.ts'
import type { FunctionCall } from '../function.ts'

/** sort and sort_desc: floats by value, NaN last. Only instant queries keep an order. */
export function byValue(call: FunctionCall, direction: 1 | -1): Column[] {
  const columns = populated(call.vector(0).map(floatsOf))
  if (!ordered(call)) return columns
  return columns.sort((x, y) => {
    const a = x.values[0] as number
    const b = y.values[0] as number
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1
    if (Number.isNaN(b)) return -1
    return a === b ? 0 : direction * (a < b ? -1 : 1)
  })
}

/** sort_by_label and sort_by_label_desc: by the values of labels in natural order, then by all labels. */
export function byLabel(call: FunctionCall, direction: 1 | -1): Column[] {
  const columns = call.vector(0)
  if (!ordered(call)) return columns
  const names = call.expr.args.slice(1).map((_, i) => call.text(i + 1))
  return columns.sort((x, y) => {
    for (const name of names) {
      const order = compareNaturally(x.labels.get(name), y.labels.get(name))
      if (order !== 0) return direction * order
    }
    return direction * compareLabels(x.labels, y.labels)
  })
}

function floatsOf(column: Column): Column {
  if (!column.has.includes(IS_HISTOGRAM)) return column
  const floats = new Column(column.labels, column.has.length, column.dropName)
  for (let i = 0; i < column.has.length; i++) if (column.has[i] === IS_FLOAT) floats.set(i, column.values[i] as number)
  return floats
}

function ordered(call: FunctionCall): boolean {
  const moment = isMoment(call.steps)
  if (!moment) call.notes.add(say.sortInRange()(call.expr.span))
  return moment
}
