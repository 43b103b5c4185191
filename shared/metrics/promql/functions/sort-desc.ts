import { byValue } from './families/sorting.ts'
import type { PromFunction } from './function.ts'

export const sortDesc = {
  name: 'sort_desc',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The vector in descending order of values.',
  example: 'sort_desc(queue_length)',
  run: (call) => byValue(call, -1),
} as const satisfies PromFunction
