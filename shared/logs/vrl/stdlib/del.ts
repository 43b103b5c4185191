import { query } from '../bad-argument.ts'
import { BadArgument, define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { removeAt } from '../kind-path.ts'
import { get, type Path, remove } from '../path.ts'
import type { Run } from '../run.ts'
import { type Fields, isObject, put, type Value } from '../value.ts'

export const del = define({
  name: 'del',
  summary: 'Takes a field or element out of the event or a variable and returns it.',
  parameters: [required('target', kind.any), optional('compact', kind.boolean)],
  returns: (call) => call.kind('target')!,
  prepare: (call) => {
    const { query: q, text: written } = query(call, 'target')
    const { target, path } = q
    const compact = call.arg('compact')?.run ?? (() => false)
    if ('external' in target && call.isReadOnly(target.external, path)) {
      throw new BadArgument(315, 'mutation of read-only value', [
        'mutation of read-only value',
        `${written()} is read-only, and cannot be deleted`,
      ])
    }
    if ('inner' in target) return (run) => get(target.inner(run), path) ?? null
    if ('external' in target) return (run) => deleteExternal(run, target.external, path, compact(run) === true)
    return (run) => {
      const v = run.variables[target.slot] ?? null
      const found = get(v, path) ?? null
      run.variables[target.slot] = remove(v, path, compact(run) === true)
      return found
    }
  },
  effects: (call, state) => {
    const { target, path } = call.arg('target')!.query!
    if ('variable' in target) {
      const details = state.locals.get(target.variable)
      if (details) state.locals.set(target.variable, { type: details.type })
    }
    if (!('external' in target)) return
    const before = state.external(target.external)
    const compact = call.arg('compact') === undefined ? false : call.constant('compact')
    const removed = (c: boolean): kind.Kind => removeAt(before, path, c)
    state.setExternal(target.external, typeof compact === 'boolean' ? removed(compact) : kind.union(removed(false), removed(true)))
  },
  example: { source: 'del({ "a": 1 }.a)', result: 1 },
})

function deleteExternal(run: Run, prefix: '.' | '%', path: Path, compact: boolean): Value {
  const root = prefix === '.' ? run.event : run.metadata
  const found = get(root, path)
  if (found === undefined) return null
  const [first] = path
  if (prefix === '.' && path.length === 1 && typeof first === 'string' && isObject(root)) {
    // the field stays behind as `undefined`, which is no field; taking it out would slow the object down
    if (!run.owned) run.event = { ...root }
    run.owned = true
    put(run.event as Fields, first, undefined)
    return found
  }
  const rest = remove(root, path, compact)
  if (prefix === '%') run.metadata = rest
  else run.event = rest
  return found
}
