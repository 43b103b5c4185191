import { byValue } from './families/sorting.ts'
import type { PromFunction } from './function.ts'

export const sort = {
  name: 'sort',
  args: ['vector'],
  variadic: 0,
  returns: 'vector',
  doc: 'The vector in ascending order of values.',
  example: 'sort(queue_length)',
  run: (call) => byValue(call, 1),
} as const satisfies PromFunction
