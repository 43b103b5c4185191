import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { texts } from '../lib/parameters.ts'
import { type Fields, fieldNames } from '../value.ts'

export const keys = define({
  name: 'keys',
  summary: "The names of an object's fields, in order.",
  parameters: [required('value', kind.anyObject)],
  returns: texts,
  run: (_, value: Fields) => fieldNames(value),
  example: { source: 'keys({ "b": 1, "a": 2 })', result: ['a', 'b'] },
})
