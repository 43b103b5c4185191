import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { fail, field, fields, isObject, isString, text, type Value } from '../value.ts'

export const from_entries = define({
  name: 'from_entries',
  summary: 'An object from an array of `{ "key", "value" }` objects.',
  parameters: [required('value', kind.anyArray)],
  returns: kind.anyObject,
  run: (_, value: Value[]) =>
    fields(
      value.map((entry) => {
        if (!isObject(entry)) return wrongType('object', entry)
        const key = field(entry, 'key') ?? field(entry, 'Key') ?? field(entry, 'name') ?? field(entry, 'Name') ?? null
        const v = field(entry, 'value') ?? field(entry, 'Value') ?? null
        return [isString(key) ? text(key) : fail('object keys must be strings'), v] as const
      }),
    ),
  example: { source: 'from_entries([{ "key": "a", "value": 1 }])', result: { a: 1 } },
})
