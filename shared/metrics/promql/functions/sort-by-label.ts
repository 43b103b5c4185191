import { byLabel } from './families/sorting.ts'
import type { PromFunction } from './function.ts'

export const sortByLabel = {
  name: 'sort_by_label',
  args: ['vector', 'string'],
  variadic: -1,
  returns: 'vector',
  doc: 'The vector in ascending natural order of the values of labels.',
  example: 'sort_by_label(up, "instance")',
  run: (call) => byLabel(call, 1),
} as const satisfies PromFunction
