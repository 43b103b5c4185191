import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { anything } from '../lib/parameters.ts'
import { Timestamp, type Value } from '../value.ts'

export const timestampFunction = define({
  name: 'timestamp',
  summary: 'The value itself when it is a timestamp, else an error.',
  parameters: [anything],
  returns: kind.timestamp,
  fails: (call) => !kind.isTimestamp(call.kind('value')!),
  run: (_, value: Value) => (value instanceof Timestamp ? value : wrongType('timestamp', value)),
  example: { source: "timestamp(t'2024-05-06T07:08:09Z')", result: '2024-05-06T07:08:09Z' },
})
