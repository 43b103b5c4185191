import {
  type Collection,
  contains,
  containsArray,
  containsDefined,
  containsObject,
  isAny,
  isExact,
  isJson,
  isNever,
  isUndefined,
  type Kind,
  scalar,
  unknownKind,
} from './kind.ts'
import { type Fields, put, type Value } from './value.ts'

/** The kind as messages name it: `string or undefined`, `{ a: integer }`, `any`. */
export function kindText(k: Kind): string {
  if (isAny(k)) return 'any'
  if (isExact(k)) {
    if (k.object) return objectText(k.object)
    if (k.array) return arrayText(k.array)
  }
  const names: string[] = []
  for (const [name, bit] of names_) if (contains(k, bit)) names.push(name)
  if (containsArray(k)) names.push('array')
  if (containsObject(k)) names.push('object')
  if (names.length < 2) return names[0] ?? 'never'
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`
}

const names_ = [
  ['string', scalar.bytes],
  ['integer', scalar.integer],
  ['float', scalar.float],
  ['boolean', scalar.boolean],
  ['timestamp', scalar.timestamp],
  ['regex', scalar.regex],
  ['null', scalar.null],
  ['undefined', scalar.undefined],
] as const

/** The name of a field as paths write it. */
const fieldText = (name: string): string =>
  /^[A-Za-z_@][\w@]*$/.test(name) ? name : `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const isOpen = (c: Collection<never>): boolean => containsDefined(unknownKind(c)) || c.known.size === 0

const objectText = (c: Collection<string>): string =>
  isOpen(c as Collection<never>) ? 'object' : `{ ${[...c.known].map(([k, kind]) => `${fieldText(k)}: ${kindText(kind)}`).join(', ')} }`
const arrayText = (c: Collection<number>): string =>
  isOpen(c as Collection<never>) ? 'array' : `[${[...c.known.values()].map(kindText).join(', ')}]`

/** The kind as the value that `type_def` returns. */
export function kindTree(k: Kind, showUnknown = true): Fields {
  if (isNever(k)) return { never: true }
  if (isAny(k)) return { any: true }
  if (isJson(k)) return { json: true }
  const tree: Fields = {}
  for (const [name, bit] of names_) if (k.scalars & bit) tree[name === 'string' ? 'bytes' : name] = true
  if (k.object) collectionTree(tree, 'object', k.object as Collection<never>, showUnknown)
  if (k.array) collectionTree(tree, 'array', k.array as Collection<never>, showUnknown)
  return tree
}

function collectionTree(tree: Fields, name: 'array' | 'object', c: Collection<never>, showUnknown: boolean): void {
  const known: Fields = {}
  for (const [key, kind] of c.known as ReadonlyMap<string | number, Kind>)
    put(known, name === 'object' ? fieldText(String(key)) : String(key), kindTree(kind, showUnknown) as Value)
  tree[name] = known
  const unknown = unknownKind(c)
  if (!showUnknown || isUndefined(unknown)) return
  tree[`${name}_unknown_${isExact(unknown) ? 'exact' : 'infinite'}`] = kindTree(unknown, 'exact' in c.unknown)
}
