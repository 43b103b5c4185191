import { invalidArgument, literalItems } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { collection } from '../lib/parameters.ts'
import type { Run } from '../run.ts'
import { type Fields, fieldNames, isObject, isString, put, type Text, text, type Value } from '../value.ts'

export const flatten = define({
  name: 'flatten',
  summary: 'Nested arrays or objects as one level; names of nested fields are joined by a separator.',
  parameters: [required('value', collection), optional('separator', kind.bytes), optional('except', kind.anyArray)],
  returns: (call) => (kind.isArray(call.kind('value')!) ? kind.anyArray : kind.isObject(call.kind('value')!) ? kind.anyObject : collection),
  prepare: (call) => {
    for (const name of literalItems(call, 'except') ?? []) if (!isString(name)) invalidArgument('except', name, 'expected a string value')
    return undefined
  },
  run: (run, value: Value, separator: Text = '.', except: Value[] = []) => {
    if (Array.isArray(value)) return flattenArray(run, value)
    const kept = new Set(except.map((e) => (isString(e) ? text(e) : wrongType('string', e))))
    const out: Fields = {}
    flattenInto(run, out, '', value as Fields, text(separator), kept)
    return out
  },
  example: { source: 'flatten({ "a": { "b": 1 } })', result: { 'a.b': 1 } },
})

function flattenArray(run: Run, a: readonly Value[]): Value[] {
  run.spend(1 + (a.length >> 6))
  return a.flatMap((v) => (Array.isArray(v) ? flattenArray(run, v) : [v]))
}

function flattenInto(run: Run, out: Fields, prefix: string, o: Fields, separator: string, kept: ReadonlySet<string>): void {
  run.spend(1)
  for (const k of fieldNames(o)) {
    const v = o[k]!
    const name = prefix === '' ? k : prefix + separator + k
    if (isObject(v) && !kept.has(k)) flattenInto(run, out, name, v, separator, kept)
    else put(out, name, v)
  }
}
