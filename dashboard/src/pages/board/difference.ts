import type { Board } from './wire.ts'

/** One thing that is not the same in two versions, in words: what, and how it was and is. */
export type Change = { what: string; was: string; is: string }

const NONE = '—'
const say = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return NONE
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What differs between two versions of a board: its own attributes, then panels and variables by name, each attribute by itself. */
export function changesBetween(before: Board, now: Board): Change[] {
  const own = ['name', 'description', 'date_range_from', 'refresh_interval'] as const
  return [
    ...own.flatMap((k) => differing(k.replaceAll('_', ' '), before[k], now[k])),
    ...listed('Panel', before.panels, now.panels, (p) => p.id, (p) => p.title || p.id),
    ...listed('Variable', before.variables, now.variables, (v) => v.name, (v) => v.name),
  ] // biome-ignore format: a list
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const differing = (what: string, was: unknown, is: unknown): Change[] => (same(was, is) ? [] : [{ what, was: say(was), is: say(is) }])

function listed<T extends object>(
  kind: string,
  before: readonly T[],
  now: readonly T[],
  key: (t: T) => string,
  name: (t: T) => string,
): Change[] {
  const old = new Map(before.map((t) => [key(t), t]))
  const kept = new Set(now.map(key))
  const gone = before.filter((t) => !kept.has(key(t))).map((t): Change => ({ what: `${kind} ${name(t)}`, was: 'there', is: 'removed' }))
  const rest = now.flatMap((t): Change[] => {
    const was = old.get(key(t))
    if (!was) return [{ what: `${kind} ${name(t)}`, was: NONE, is: 'added' }]
    const keys = [...new Set([...Object.keys(was), ...Object.keys(t)])] as (keyof T & string)[]
    return keys.flatMap((k) => within(`${kind} ${name(t)}: ${k === 'position' ? 'place' : k.replaceAll('_', ' ')}`, k, was[k], t[k]))
  })
  return [...gone, ...rest]
}

/** Queries are told one by one, by their letter. */
function within(what: string, key: string, was: unknown, is: unknown): Change[] {
  if (key !== 'queries') return differing(what, was, is)
  type Query = { ref: string; expr: string }
  const [old, now] = [was as Query[], is as Query[]]
  const refs = [...new Set([...old, ...now].map((q) => q.ref))]
  return refs.flatMap((ref) => {
    const [a, b] = [old.find((q) => q.ref === ref), now.find((q) => q.ref === ref)]
    const at = `${what.replace(/queries$/, 'query')} ${ref}`
    return a && b && a.expr === b.expr ? differing(at, a, b) : differing(at, a?.expr, b?.expr)
  })
}
