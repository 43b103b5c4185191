import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { type Fields, fieldNames } from '../value.ts'

export const values = define({
  name: 'values',
  summary: "The values of an object's fields, in the order of their names.",
  parameters: [required('value', kind.anyObject)],
  returns: (call) => kind.arrayOf(kind.reduced(call.kind('value')!.object ?? kind.anyOf)),
  run: (_, value: Fields) => fieldNames(value).map((k) => value[k]!),
  example: { source: 'values({ "b": 1, "a": 2 })', result: [2, 1] },
})
