import { query } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { atPath, insertAt } from '../kind-path.ts'
import { wrongType } from '../lib/coerce.ts'
import { get, insert, type Path } from '../path.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'

export const unnest = define({
  name: 'unnest',
  summary: 'One copy of the whole per item of an array in it, the item in the place of the array.',
  parameters: [required('path', kind.anyArray)],
  returns: (call) => {
    const q = call.arg('path')?.query
    if (!q) return kind.arrayOf(kind.any)
    const root =
      'external' in q.target
        ? call.state.external(q.target.external)
        : 'variable' in q.target
          ? (call.state.locals.get(q.target.variable)?.type.kind ?? kind.any)
          : kind.any
    return kind.array(unnestedKind(root, q.path))
  },
  fails: (call) => !kind.isArray(call.kind('path')!),
  prepare: (call) => {
    const { query: q } = query(call, 'path')
    const { target, path } = q
    const root = (run: Run): Value => {
      if ('inner' in target) return target.inner(run)
      if ('variable' in target) return run.variables[target.slot] ?? null
      run.owned = false
      return target.external === '.' ? run.event : run.metadata
    }
    return (run) => {
      const whole = root(run)
      const items = get(whole, path)
      if (!Array.isArray(items)) return wrongType('array', items ?? null)
      run.spend(items.length)
      return items.map((item) => insert(whole, path, item))
    }
  },
  example: { source: '. = { "a": [1, 2] }\nunnest(.a)', result: [{ a: 1 }, { a: 2 }] },
})

/** Each known item gives an element of its own; the others share one kind. */
function unnestedKind(root: kind.Kind, path: Path): kind.Collection<number> {
  const items: kind.Collection<number> = atPath(root, path).array ?? kind.anyOf
  const known = new Map([...items.known].map(([i, k]) => [i, insertAt(root, path, k)]))
  const rest = kind.withoutUndefined(kind.unknownKind(items as kind.Collection<never>))
  return { known, unknown: kind.toUnknown(kind.isNever(rest) ? kind.undefinedKind : insertAt(root, path, rest)) }
}
