import {
  array,
  type Collection,
  contains,
  containsArray,
  containsDefined,
  containsObject,
  emptyOf,
  isExact,
  isNever,
  type Kind,
  mergeCollections,
  never,
  nothing,
  object,
  or,
  orNull,
  orUndefined,
  scalar,
  toUnknown,
  undefinedKind,
  union,
  unknownKind,
  upgradeUndefined,
  withKnown,
  withoutUndefined,
} from './kind.ts'
import type { Path } from './path.ts'

/** The kind of what a path reads, before a missing value becomes null. */
export function atPath(kind: Kind, path: Path): Kind {
  let k = kind
  for (const step of path) {
    if (isNever(k)) return never
    k = typeof step === 'string' ? atField(k, step) : atIndex(k, step)
  }
  return k
}

function atField(k: Kind, name: string): Kind {
  if (!k.object) return undefinedKind
  const found = k.object.known.get(name) ?? unknownKind(k.object)
  return isExact(k) ? found : orUndefined(found)
}

function atIndex(k: Kind, index: number): Kind {
  if (!k.array) return undefinedKind
  let at = index
  if (at < 0) {
    const length = knownLength(k.array)
    if (containsDefined(unknownKind(k.array))) {
      let found = unknownKind(k.array)
      if (isExact(k) && length + at >= 0) found = withoutUndefined(found)
      for (const [i, kind] of k.array.known) if (i >= Math.max(0, length + at)) found = union(found, kind)
      return found
    }
    if (length < -at) return undefinedKind
    at += length
  }
  const found = k.array.known.get(at) ?? unknownKind(k.array)
  return isExact(k) ? found : orUndefined(found)
}

const knownLength = (c: Collection<number>): number => (c.known.size === 0 ? 0 : Math.max(...c.known.keys()) + 1)

/** Elements that must exist. */
export const minLength = (c: Collection<number>): number =>
  Math.max(0, ...[...c.known].filter(([, kind]) => containsDefined(kind)).map(([i]) => i + 1))

export const exactLength = (c: Collection<number>): number | undefined => (containsDefined(unknownKind(c)) ? undefined : minLength(c))

/** The kind after an assignment to the path; inserting a missing value stores null. */
export const insertAt = (kind: Kind, path: Path, data: Kind): Kind => insert(kind, path, upgradeUndefined(data), 0)

function insert(k: Kind, path: Path, data: Kind, from: number): Kind {
  // an assignment of what never returns does not happen
  if (isNever(data)) return k
  const step = path[from]
  if (step === undefined) return data
  if (typeof step === 'string') {
    const c: Collection<string> = k.object ?? emptyOf
    return object(withKnown(c, step, insert(c.known.get(step) ?? unknownKind(c), path, data, from + 1)))
  }
  const c: Collection<number> = k.array ?? emptyOf
  return array(step < 0 ? insertFromEnd(c, step, path, data, from) : insertIndex(c, step, path, data, from))
}

function insertIndex(c: Collection<number>, index: number, path: Path, data: Kind, from: number): Collection<number> {
  let out = c
  if (!c.known.has(index)) {
    const hole = orNull(withoutUndefined(unknownKind(c)))
    for (let i = 0; i < Math.min(index, holesMax); i++) if (!c.known.has(i)) out = withKnown(out, i, hole)
  }
  return withKnown(out, index, insert(c.known.get(index) ?? unknownKind(c), path, data, from + 1))
}

/** Positions worth tracking one by one. */
const holesMax = 1000

function insertFromEnd(c: Collection<number>, index: number, path: Path, data: Kind, from: number): Collection<number> {
  const required = Math.min(-index, holesMax)
  const unknown = unknownKind(c)
  if (containsDefined(unknown)) return insertSomewhere(c, required, path.slice(from + 1), data)
  const length = minLength(c)
  let out = c
  for (let i = length; i < required; i++) out = withKnown(out, i, nothing)
  return insertIndex(out, Math.max(required, length) - required, path, data, from)
}

/** A negative index into an array of unknown length: it may land on, and shift, several positions. */
function insertSomewhere(c: Collection<number>, required: number, rest: Path, data: Kind): Collection<number> {
  const unknown = unknownKind(c)
  const length = minLength(c)
  let out = c
  for (let shift = 1; shift <= required - length; shift++) {
    const known = new Map<number, Kind>()
    for (let i = 1; i < shift; i++) known.set(i, nothing)
    for (const [i, kind] of c.known) known.set(i + shift, kind)
    out = mergeCollections(out, { known, unknown: c.unknown }, false)
  }
  for (let i = 0; i < required; i++) out = withKnown(out, i, withoutUndefined(out.known.get(i) ?? unknown))
  const first = Math.max(0, length - required)
  const known = new Map([...out.known].map(([i, kind]) => [i, i >= first ? union(kind, insertAt(kind, rest, data)) : kind]))
  return { known, unknown: toUnknown(union(unknown, insertAt(unknown, rest, data))) }
}

type Compaction = 'always' | 'maybe' | 'never'

/** The kind after `del` of the path. */
export function removeAt(kind: Kind, path: Path, compact: boolean): Kind {
  if (path.length > 0) return removeInner(kind, path, compact, 0)[0]
  let out = never
  if (containsObject(kind)) out = union(out, object(emptyOf))
  if (containsArray(kind)) out = union(out, array(emptyOf))
  return kind.scalars === 0 ? out : or(out, scalar.null)
}

function removeInner(k: Kind, path: Path, compact: boolean, from: number): [Kind, Compaction] {
  if (isNever(k)) return [k, 'never']
  const step = path[from]
  if (step === undefined) {
    const defined = containsDefined(k)
    return [k, defined ? (contains(k, scalar.undefined) ? 'maybe' : 'always') : 'never']
  }
  if (typeof step === 'string') {
    if (!k.object) return [k, 'never']
    const [child, what] = removeInner(k.object.known.get(step) ?? atPath(k, path.slice(from)), path, compact, from + 1)
    const kept = k.object.known.has(step) ? withKnown(k.object, step, child) : k.object
    const [c, next] = compacted(kept, without(kept, step), what, compact)
    return [{ scalars: k.scalars, array: k.array, object: c }, next]
  }
  if (!k.array) return [k, 'never']
  let at = step
  if (at < 0) {
    if (containsDefined(unknownKind(k.array)))
      return [removeSomewhere(k, -at, path, compact, from), minLength(k.array) <= 1 ? 'maybe' : 'never']
    if (minLength(k.array) < -at) return [k, 'never']
    at += minLength(k.array)
  }
  const [child, what] = removeInner(k.array.known.get(at) ?? atPath(k, path.slice(from)), path, compact, from + 1)
  const kept = k.array.known.has(at) ? withKnown(k.array, at, child) : k.array
  const [c, next] = compacted(kept, shifted(kept, at), what, compact)
  return [{ scalars: k.scalars, array: c, object: k.object }, next]
}

function removeSomewhere(k: Kind, back: number, path: Path, compact: boolean, from: number): Kind {
  let out = k.array!
  const length = minLength(out)
  for (let i = Math.max(0, length - back); i < length; i++) {
    const child = k.array!.known.get(i)
    if (!child) continue
    const [after, what] = removeInner(child, path, compact, from + 1)
    const kept = withKnown(k.array!, i, after)
    out = mergeCollections(out, compacted(kept, shifted(kept, i), what, compact)[0], false)
  }
  return { scalars: k.scalars, array: out, object: k.object }
}

function compacted<K extends string | number>(
  kept: Collection<K>,
  gone: Collection<K>,
  what: Compaction,
  goOn: boolean,
): [Collection<K>, Compaction] {
  const c = what === 'always' ? gone : what === 'maybe' ? mergeCollections(gone, kept, false) : kept
  if (what === 'never' || !goOn) return [c, 'never']
  if (c.known.size > 0) return [c, 'never']
  return [c, containsDefined(unknownKind(c as Collection<never>)) ? 'maybe' : 'always']
}

const without = (c: Collection<string>, key: string): Collection<string> => ({
  known: new Map([...c.known].filter(([k]) => k !== key)),
  unknown: c.unknown,
})

const shifted = (c: Collection<number>, at: number): Collection<number> => ({
  known: new Map([...c.known].filter(([i]) => i !== at).map(([i, kind]) => [i > at ? i - 1 : i, kind])),
  unknown: c.unknown,
})
