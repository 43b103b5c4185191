import { type Fields, field, isInherited, isObject, put, type Value } from './value.ts'

/** A path below a target: field names and indices (negative from the end). */
export type Path = readonly (string | number)[]

/** The value at the path, `undefined` where nothing is. */
export function get(v: Value | undefined, path: Path, from = 0): Value | undefined {
  for (let i = from; i < path.length; i++) {
    const step = path[i]!
    if (typeof step === 'string') v = isObject(v) ? field(v, step) : undefined
    else if (Array.isArray(v)) v = v[step < 0 ? v.length + step : step]
    else return undefined
    if (v === undefined) return undefined
  }
  return v
}

/** A getter for a path known at compile time. */
export function getter(path: Path): (v: Value | undefined) => Value | undefined {
  const [first] = path
  if (path.length === 0) return (v) => v
  if (path.length === 1 && typeof first === 'string' && !isInherited(first)) return (v) => (isObject(v) ? v[first] : undefined)
  if (typeof first === 'string' && !isInherited(first)) return (v) => (isObject(v) ? get(v[first], path, 1) : undefined)
  return (v) => get(v, path)
}

/** The largest index an assignment may create; a hole costs memory. */
const indexMax = 100_000

/** A copy of `v` with `data` at the path; what is in the way becomes an object or array, holes become null. */
export function insert(v: Value | undefined, path: Path, data: Value, from = 0): Value {
  if (from === path.length) return data
  const step = path[from]!
  if (typeof step === 'string') {
    const o: Fields = isObject(v) ? { ...v } : {}
    put(o, step, insert(isObject(v) ? field(v, step) : undefined, path, data, from + 1))
    return o
  }
  const a = Array.isArray(v) ? v.slice() : []
  let at = step
  if (at < 0) {
    while (a.length + at < 0 && -at <= indexMax) a.unshift(null)
    at += a.length
  }
  if (at < 0 || at > indexMax + a.length) return v ?? null
  while (a.length < at) a.push(null)
  a[at] = insert(a[at], path, data, from + 1)
  return a
}

/** A copy of `v` without what is at the path. With `compact`, containers left empty go as well. */
export function remove(v: Value, path: Path, compact: boolean, from = 0): Value {
  const step = path[from]
  if (step === undefined) return Array.isArray(v) ? [] : isObject(v) ? {} : null
  if (typeof step === 'string') {
    const child = isObject(v) ? field(v, step) : undefined
    if (child === undefined) return v
    const rest = from + 1 === path.length ? undefined : remove(child, path, compact, from + 1)
    if (rest === child) return v
    return without(v as Fields, step, rest === undefined || (compact && isEmpty(rest)) ? undefined : rest)
  }
  if (!Array.isArray(v)) return v
  const at = step < 0 ? v.length + step : step
  const child = v[at]
  if (child === undefined) return v
  const rest = from + 1 === path.length ? undefined : remove(child, path, compact, from + 1)
  return rest === undefined || (compact && isEmpty(rest)) ? v.toSpliced(at, 1) : v.with(at, rest)
}

function without(o: Fields, name: string, replacement: Value | undefined): Fields {
  const copy: Fields = {}
  for (const k of Object.keys(o)) {
    if (k !== name) put(copy, k, o[k])
    else if (replacement !== undefined) put(copy, k, replacement)
  }
  return copy
}

export const isEmpty = (v: Value): boolean =>
  Array.isArray(v) ? v.length === 0 : isObject(v) && Object.keys(v).every((k) => v[k] === undefined)

/** The path as source text, without the leading dot: `foo.bar[0]."b c"`. */
export function pathText(path: Path): string {
  let out = ''
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`
    else out += (out === '' ? '' : '.') + fieldText(step)
  }
  return out
}

export const fieldText = (name: string): string =>
  /^[A-Za-z0-9_@]+$/.test(name) ? name : `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
