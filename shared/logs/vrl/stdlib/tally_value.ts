import { define, required } from '../define.ts'
import { equal } from '../equal.ts'
import * as kind from '../kind.ts'
import type { Value } from '../value.ts'

export const tally_value = define({
  name: 'tally_value',
  summary: 'How often a value is in an array.',
  parameters: [required('array', kind.anyArray), required('value', kind.any)],
  returns: kind.integer,
  run: (_, array: Value[], value: Value) => array.filter((v) => equal(v, value)).length,
  example: { source: 'tally_value([1, 2, 1], 1)', result: 2 },
})
