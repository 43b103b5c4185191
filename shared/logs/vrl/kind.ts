import type { Value } from './value.ts'
import { fieldNames, kindOf } from './value.ts'

/**
 * The set of types an expression can have, as the reference's type checker defines it: a set of scalar types and, for arrays and
 * objects, what is known of each element. Kinds are values: nothing here changes its argument.
 */
export interface Kind {
  readonly scalars: number
  readonly array?: Collection<number>
  readonly object?: Collection<string>
}

/** Elements with a kind of their own, and what any other element can be. */
export interface Collection<K extends string | number> {
  readonly known: ReadonlyMap<K, Kind>
  readonly unknown: Unknown
}

/** `infinite`: the same set again at every depth below (any, JSON). `exact`: one kind. */
export type Unknown = { readonly infinite: number } | { readonly exact: Kind }

export const scalar = { bytes: 1, integer: 2, float: 4, boolean: 8, timestamp: 16, regex: 32, null: 64, undefined: 128 } as const
const { undefined: UNDEFINED } = scalar
const allScalars = 255
/** Bits used only in the infinite form of `Unknown`. */
const ARRAY = 256
const OBJECT = 512
const infiniteAny = (allScalars & ~UNDEFINED) | ARRAY | OBJECT
const infiniteJson = scalar.bytes | scalar.integer | scalar.float | scalar.boolean | scalar.null | ARRAY | OBJECT

const of = (scalars: number, array?: Collection<number>, object?: Collection<string>): Kind => ({
  scalars,
  array: bounded(array),
  object: bounded(object),
})

/** Kinds inside one kind. A program can double a type with every line; beyond this, nothing is known of the elements any more. */
const weightMax = 4096
const weights = new WeakMap<object, number>()

const bounded = <C extends Collection<number> | Collection<string>>(c: C | undefined): C | Collection<never> | undefined =>
  c && weight(c) > weightMax ? anyOf : c

function weight(c: Collection<number> | Collection<string>): number {
  let total = weights.get(c)
  if (total !== undefined) return total
  total = 1 + ('exact' in c.unknown ? weightOf(c.unknown.exact) : 0)
  for (const k of c.known.values()) total += weightOf(k)
  weights.set(c, total)
  return total
}

const weightOf = (k: Kind): number => 1 + (k.array ? weight(k.array) : 0) + (k.object ? weight(k.object) : 0)

export const anyOf: Collection<never> = { known: new Map<never, Kind>(), unknown: { infinite: infiniteAny } }
export const jsonOf: Collection<never> = { known: new Map<never, Kind>(), unknown: { infinite: infiniteJson } }
export const emptyOf: Collection<never> = { known: new Map<never, Kind>(), unknown: { exact: of(UNDEFINED) } }

export const never = of(0)
export const any = of(allScalars, anyOf, anyOf)
export const json = of(scalar.bytes | scalar.integer | scalar.float | scalar.boolean | scalar.null | UNDEFINED, jsonOf, jsonOf)
export const bytes = of(scalar.bytes)
export const integer = of(scalar.integer)
export const float = of(scalar.float)
export const boolean = of(scalar.boolean)
export const timestamp = of(scalar.timestamp)
export const regex = of(scalar.regex)
export const nothing = of(scalar.null)
export const undefinedKind = of(UNDEFINED)
export const anyArray = of(0, anyOf)
export const anyObject = of(0, undefined, anyOf)

export const scalars = (bits: number): Kind => of(bits)
export const or = (k: Kind, bits: number): Kind => of(k.scalars | bits, k.array, k.object)
export const orNull = (k: Kind): Kind => or(k, scalar.null)

export const arrayOf = (unknown: Kind): Kind => of(0, { known: new Map(), unknown: toUnknown(unknown) })
export const tuple = (elements: readonly Kind[]): Kind =>
  of(0, { known: new Map(elements.map((k, i) => [i, k])), unknown: emptyOf.unknown })
export const array = (c: Collection<number>): Kind => of(0, c)
export const object = (c: Collection<string>): Kind => of(0, undefined, c)
export const mapOf = (unknown: Kind): Kind => of(0, undefined, { known: new Map(), unknown: toUnknown(unknown) })
export const record = (known: Record<string, Kind>, unknown?: Kind): Kind =>
  of(0, undefined, { known: new Map(Object.entries(known)), unknown: unknown ? toUnknown(unknown) : emptyOf.unknown })

export const isNever = (k: Kind): boolean => k.scalars === 0 && !k.array && !k.object
/** Never counts as every type: an expression that does not return can stand anywhere. */
export const contains = (k: Kind, bit: number): boolean => (k.scalars & bit) !== 0 || isNever(k)
export const containsArray = (k: Kind): boolean => k.array !== undefined || isNever(k)
export const containsObject = (k: Kind): boolean => k.object !== undefined || isNever(k)
export const isOnly = (k: Kind, bits: number): boolean => (k.scalars & ~bits) === 0 && !k.array && !k.object
export const isBytes = (k: Kind): boolean => isOnly(k, scalar.bytes)
export const isInteger = (k: Kind): boolean => isOnly(k, scalar.integer)
export const isFloat = (k: Kind): boolean => isOnly(k, scalar.float)
export const isBoolean = (k: Kind): boolean => isOnly(k, scalar.boolean)
export const isTimestamp = (k: Kind): boolean => isOnly(k, scalar.timestamp)
export const isNull = (k: Kind): boolean => isOnly(k, scalar.null)
export const isRegex = (k: Kind): boolean => isOnly(k, scalar.regex)
export const isUndefined = (k: Kind): boolean => isOnly(k, UNDEFINED)
export const isArray = (k: Kind): boolean => k.scalars === 0 && !k.object
export const isObject = (k: Kind): boolean => k.scalars === 0 && !k.array
export const isCollection = (k: Kind): boolean => k.scalars === 0 && (k.array !== undefined || k.object !== undefined)
export const isAny = (k: Kind): boolean => isNever(k) || (k.scalars === allScalars && k.array !== undefined && k.object !== undefined)
export const isJson = (k: Kind): boolean => k.scalars === json.scalars && k.array !== undefined && k.object !== undefined
export const containsDefined = (k: Kind): boolean => !isUndefined(k)
/** At most one type. */
export const isExact = (k: Kind): boolean =>
  (k.array ? 1 : 0) + (k.object ? 1 : 0) + ((k.scalars & (k.scalars - 1)) === 0 ? (k.scalars === 0 ? 0 : 1) : 2) <= 1

export const withoutUndefined = (k: Kind): Kind => (k.scalars & UNDEFINED ? of(k.scalars & ~UNDEFINED, k.array, k.object) : k)
export const orUndefined = (k: Kind): Kind => or(k, UNDEFINED)
/** Reading what is not there gives null. */
export const upgradeUndefined = (k: Kind): Kind => (k.scalars & UNDEFINED ? orNull(withoutUndefined(k)) : k)

export function toUnknown(k: Kind): Unknown {
  if (isAny(k) && !isNever(k)) return { infinite: infiniteAny }
  if (isJson(k)) return { infinite: infiniteJson }
  return { exact: k }
}

/** What an element that is not known can be; it may always be missing. */
export const unknownKind = (c: Collection<never> | Collection<number> | Collection<string>): Kind => orUndefined(existing(c.unknown))

export function existing(u: Unknown): Kind {
  if ('exact' in u) return withoutUndefined(u.exact)
  const deeper: Collection<never> = { known: new Map<never, Kind>(), unknown: u }
  return of(u.infinite & allScalars, u.infinite & ARRAY ? deeper : undefined, u.infinite & OBJECT ? deeper : undefined)
}

export function union(a: Kind, b: Kind, overwrite = false): Kind {
  if (a === b) return a
  return of(
    a.scalars | b.scalars,
    a.array && b.array ? mergeCollections(a.array, b.array, overwrite) : (a.array ?? b.array),
    a.object && b.object ? mergeCollections(a.object, b.object, overwrite) : (a.object ?? b.object),
  )
}

export const unionAll = (kinds: Iterable<Kind>): Kind => {
  let all = never
  for (const k of kinds) all = union(all, k)
  return all
}

/** With `overwrite`, elements of `b` replace those of `a` (the `|` operator); else they can be either. */
export function mergeCollections<K extends string | number>(a: Collection<K>, b: Collection<K>, overwrite: boolean): Collection<K> {
  const known = new Map<K, Kind>()
  const bUnknown = unknownKind(b as Collection<never>)
  const aUnknown = unknownKind(a as Collection<never>)
  for (const [key, kind] of a.known) {
    const other = b.known.get(key)
    if (other) known.set(key, overwrite ? other : union(kind, other))
    else if (containsDefined(bUnknown)) known.set(key, overwrite ? union(withoutUndefined(bUnknown), kind) : union(kind, bUnknown))
    else known.set(key, overwrite ? kind : orUndefined(kind))
  }
  for (const [key, kind] of b.known) {
    if (a.known.has(key)) continue
    if (containsDefined(aUnknown)) known.set(key, overwrite ? kind : union(kind, aUnknown))
    else known.set(key, overwrite ? kind : orUndefined(kind))
  }
  return { known: sortKeys(known), unknown: mergeUnknown(a.unknown, b.unknown, overwrite) }
}

function mergeUnknown(a: Unknown, b: Unknown, overwrite: boolean): Unknown {
  if ('infinite' in a) return 'infinite' in b ? { infinite: a.infinite | b.infinite } : a
  return 'infinite' in b ? b : { exact: union(a.exact, b.exact, overwrite) }
}

const sortKeys = <K extends string | number>(known: Map<K, Kind>): Map<K, Kind> =>
  new Map([...known].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))

export function withKnown<K extends string | number>(c: Collection<K>, key: K, kind: Kind): Collection<K> {
  const known = new Map<K, Kind>()
  let placed = c.known.has(key)
  for (const [k, v] of c.known) {
    if (!placed && k > key) {
      known.set(key, kind)
      placed = true
    }
    known.set(k, v)
  }
  known.set(key, kind)
  return { known, unknown: c.unknown }
}

export const withUnknown = <K extends string | number>(c: Collection<K>, kind: Kind): Collection<K> => ({
  known: c.known,
  unknown: toUnknown(kind),
})

/** The kind of every element that exists. */
export const reduced = (c: Collection<number> | Collection<string>): Kind =>
  union(unionAll(c.known.values()), withoutUndefined(unknownKind(c)))

/** All that is known moves into the unknown. */
export const anonymize = <K extends string | number>(c: Collection<K>): Collection<K> => ({
  known: new Map(),
  unknown: toUnknown(union(unknownKind(c as Collection<never>), unionAll(c.known.values()))),
})

export function isSuperset(a: Kind, b: Kind): boolean {
  if ((b.scalars & ~a.scalars) !== 0) return false
  if (b.array && (!a.array || !collectionIsSuperset(a.array, b.array))) return false
  return !b.object || (a.object !== undefined && collectionIsSuperset(a.object, b.object))
}

function collectionIsSuperset<K extends string | number>(a: Collection<K>, b: Collection<K>): boolean {
  if (a === b) return true
  if (!unknownIsSuperset(a.unknown, b.unknown)) return false
  const aUnknown = unknownKind(a as Collection<never>)
  for (const [key, kind] of b.known) if (!isSuperset(a.known.get(key) ?? aUnknown, kind)) return false
  const bUnknown = unknownKind(b as Collection<never>)
  for (const [key, kind] of a.known) if (!b.known.has(key) && !isSuperset(kind, bUnknown)) return false
  return true
}

function unknownIsSuperset(a: Unknown, b: Unknown): boolean {
  if ('infinite' in a) {
    if (a.infinite === infiniteAny) return true
    return 'infinite' in b ? (b.infinite & ~a.infinite) === 0 : isSuperset(existing(a), withoutUndefined(b.exact))
  }
  return 'infinite' in b ? isAny(a.exact) : isSuperset(withoutUndefined(a.exact), withoutUndefined(b.exact))
}

/** Whether they share a type; looks only at the outermost level. */
export function intersects(a: Kind, b: Kind): boolean {
  if (isNever(a) || isNever(b)) return true
  return (
    (a.scalars & b.scalars) !== 0 || (a.array !== undefined && b.array !== undefined) || (a.object !== undefined && b.object !== undefined)
  )
}

export function same(a: Kind, b: Kind): boolean {
  return a === b || (isSuperset(a, b) && isSuperset(b, a))
}

/** The kind of exactly this value. */
export function ofValue(v: Value): Kind {
  if (Array.isArray(v)) return tuple(v.map(ofValue))
  const name = kindOf(v)
  if (name === 'object')
    return record(Object.fromEntries(fieldNames(v as never).map((k) => [k, ofValue((v as Record<string, Value>)[k]!)])))
  return { string: bytes, integer, float, boolean, timestamp, regex, null: nothing, array: anyArray }[name]
}
