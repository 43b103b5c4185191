import { checkLabelName, withLabel } from './families/relabel.ts'
import type { PromFunction } from './function.ts'

export const labelJoin = {
  name: 'label_join',
  args: ['vector', 'string', 'string', 'string'],
  variadic: -1,
  returns: 'vector',
  doc: 'Sets a label to the values of other labels, joined by a separator.',
  example: 'label_join(up, "target", "/", "job", "instance")',
  run: (call) => {
    const label = call.text(1)
    const separator = call.text(2)
    const sources = call.expr.args.slice(3).map((_, i) => call.text(i + 3))
    for (const source of sources) checkLabelName(source, 'source label name in label_join()')
    checkLabelName(label, 'destination label name in label_join()')
    return withLabel(call.vector(0), label, (column) => sources.map((source) => column.labels.get(source)).join(separator))
  },
} as const satisfies PromFunction
