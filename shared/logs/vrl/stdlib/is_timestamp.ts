import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { Timestamp, type Value } from '../value.ts'

export const is_timestamp = define({
  name: 'is_timestamp',
  summary: 'Whether the value is a timestamp.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => value instanceof Timestamp,
  example: { source: 'is_timestamp(now())', result: true },
})
