import { printHistogram } from '../histogram/text.ts'
import { QueryError } from '../limits.ts'
import type { Aggregate } from '../syntax/ast.ts'
import { formatF } from '../text/number.ts'
import { isUtf8, quote } from '../text/quoted.ts'
import { Column } from './column.ts'
import { groupLabels } from './grouping.ts'
import type { Steps } from './steps.ts'

/** count_values: one series per group and value, which becomes a label. */
export function countValues(expr: Aggregate, label: string, columns: readonly Column[], steps: Steps): Column[] {
  if (label === '' || !isUtf8(label)) throw new QueryError(`invalid label name ${quote(label)}`)
  const grouping = expr.without ? expr.grouping : [...expr.grouping, label]
  const labelsOf = groupLabels({ grouping, without: expr.without })
  const out = new Map<string, Column>()
  for (const column of columns) {
    const byText = new Map<string, Column>()
    for (let step = 0; step < steps.n; step++) {
      const sample = column.at(step)
      if (sample === undefined) continue
      const text = typeof sample === 'number' ? formatF(sample) : printHistogram(sample)
      let counted = byText.get(text)
      if (!counted) {
        const labels = labelsOf(column.labels.with(label, text))
        counted = out.get(labels.key) ?? new Column(labels, steps.n)
        out.set(labels.key, counted)
        byText.set(text, counted)
      }
      counted.set(step, (counted.values[step] as number) + 1)
    }
  }
  return [...out.values()]
}
