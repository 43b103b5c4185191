import { lastTwo } from './families/instant.ts'
import type { PromFunction } from './function.ts'

export const idelta = {
  name: 'idelta',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'The difference between the last two samples of a range.',
  example: 'idelta(disk_free_bytes[5m])',
  run: (call) => lastTwo(call, false),
} as const satisfies PromFunction
