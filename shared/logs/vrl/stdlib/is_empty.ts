import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { isEmpty } from '../path.ts'
import { byteLength, isString, type Value } from '../value.ts'

export const is_empty = define({
  name: 'is_empty',
  summary: 'Whether a string, array or object has nothing in it.',
  parameters: [required('value', kind.or(collection, kind.scalar.bytes))],
  returns: kind.boolean,
  run: (_, value: Value) => (isString(value) ? byteLength(value) === 0 : isEmpty(value)),
  example: { source: 'is_empty({})', result: true },
})
