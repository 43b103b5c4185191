import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const is_null = define({
  name: 'is_null',
  summary: 'Whether the value is null; a missing field is.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => value === null,
  example: { source: 'is_null(.nowhere)', result: true },
})
