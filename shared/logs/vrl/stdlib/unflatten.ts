import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import type { Run } from '../run.ts'
import { type Fields, fieldNames, fields, isObject, type Text, text, type Value } from '../value.ts'

export const unflatten = define({
  name: 'unflatten',
  summary: 'Fields whose names hold a separator as nested objects.',
  parameters: [required('value', kind.anyObject), optional('separator', kind.bytes), optional('recursive', kind.boolean)],
  returns: kind.anyObject,
  run: (run, value: Fields, separator: Text = '.', recursive: Value = true) => unflattened(run, value, text(separator), recursive === true),
  example: { source: 'unflatten({ "a.b": 1 })', result: { a: { b: 1 } } },
})

function unflattened(run: Run, o: Fields, separator: string, recursive: boolean): Fields {
  run.spend(1)
  const inner = (v: Value): Value => (recursive && isObject(v) ? unflattened(run, v, separator, true) : v)
  const groups = new Map<string, { whole?: Value; parts: [string, Value][] }>()
  for (const k of fieldNames(o)) {
    const at = separator === '' ? -1 : k.indexOf(separator)
    const name = at < 0 ? k : k.slice(0, at)
    const group = groups.get(name) ?? { parts: [] }
    groups.set(name, group)
    if (at < 0) group.whole = o[k]!
    else group.parts.push([k.slice(at + separator.length), o[k]!])
  }
  return fields(
    [...groups].map(
      ([name, { whole, parts }]) =>
        [name, parts.length === 0 ? inner(whole!) : unflattened(run, fields(parts), separator, recursive)] as const,
    ),
  )
}
