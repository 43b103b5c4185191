import { Column } from '../../evaluation/column.ts'
import { Labels, NAME } from '../../labels.ts'
import type { Expr } from '../../syntax/ast.ts'

/** A 1 at every step where nothing was there, under the labels that the selector fixes. */
export function whereAbsent(selector: Expr, there: Uint8Array): Column[] {
  const column = new Column(fixedLabels(selector), there.length, true)
  for (let i = 0; i < there.length; i++) if (there[i] === 0) column.set(i, 1)
  return column.isEmpty ? [] : [column]
}

/** Labels with exactly one matcher, an equality. Two matchers on one label leave it out, even where they agree. */
function fixedLabels(expr: Expr): Labels {
  const selector = expr.kind === 'matrix' ? expr.selector : expr
  if (selector.kind !== 'vector') return Labels.none
  const fixed = new Map<string, string>()
  const seen = new Set<string>()
  for (const { name, op, value } of selector.matchers) {
    if (name === NAME) continue
    if (op === '=' && !seen.has(name)) {
      fixed.set(name, value)
      seen.add(name)
    } else fixed.delete(name)
  }
  return Labels.from(fixed)
}
