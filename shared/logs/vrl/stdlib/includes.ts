import { define, required } from '../define.ts'
import { equal } from '../equal.ts'
import * as kind from '../kind.ts'
import type { Value } from '../value.ts'

export const includes = define({
  name: 'includes',
  summary: 'Whether an array has an item.',
  parameters: [required('value', kind.anyArray), required('item', kind.any)],
  returns: kind.boolean,
  run: (_, value: Value[], item: Value) => value.some((v) => equal(v, item)),
  example: { source: 'includes([1, [2]], [2])', result: true },
})
