import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { atPath } from '../kind-path.ts'
import { wrongType } from '../lib/coerce.ts'
import { field, fields, isObject, isString, text, type Value } from '../value.ts'

export const from_entries = define({
  name: 'from_entries',
  summary: 'An object from an array of `{ "key", "value" }` objects.',
  parameters: [required('value', kind.anyArray)],
  returns: kind.anyObject,
  fails: (call) => {
    const c = call.kind('value')!.array
    if (!c) return true
    const item = kind.reduced(c)
    return !kind.isNever(item) && !(kind.isObject(item) && kind.isBytes(atPath(item, ['key'])))
  },
  run: (_, value: Value[]) =>
    fields(
      value.map((entry) => {
        if (!isObject(entry)) return wrongType('object', entry)
        const key = field(entry, 'key') ?? field(entry, 'Key') ?? field(entry, 'name') ?? field(entry, 'Name') ?? field(entry, 'k') ?? null
        const v = field(entry, 'value') ?? field(entry, 'Value') ?? field(entry, 'v') ?? null
        return [isString(key) ? text(key) : wrongType('string', key), v] as const
      }),
    ),
  example: { source: 'from_entries([{ "key": "a", "value": 1 }])', result: { a: 1 } },
})
