import { byLabel } from './families/sorting.ts'
import type { PromFunction } from './function.ts'

export const sortByLabelDesc = {
  name: 'sort_by_label_desc',
  args: ['vector', 'string'],
  variadic: -1,
  returns: 'vector',
  doc: 'The vector in descending natural order of the values of labels.',
  example: 'sort_by_label_desc(up, "instance")',
  run: (call) => byLabel(call, -1),
} as const satisfies PromFunction
