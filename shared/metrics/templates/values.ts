/** Nanoseconds, as Go keeps them. */
export class Duration {
  readonly ns: bigint
  constructor(ns: bigint) {
    this.ns = ns
  }
}
/** A moment in UTC. */
export class Time {
  readonly ms: number
  constructor(ms: number) {
    this.ms = ms
  }
}
/** What a `.Field` is looked up in; a name it has not is an error, where a map gives its zero value. */
export class Struct {
  readonly type: string
  readonly fields: ReadonlyMap<string, Value>
  constructor(type: string, fields: ReadonlyMap<string, Value>) {
    this.type = type
    this.fields = fields
  }
}
/** Go's values as templates see them: a bigint is an int, a number a float64, null is nil. */
export type Value = string | number | bigint | boolean | null | Duration | Time | Struct | ReadonlyMap<string, Value> | readonly Value[]

/** What is wrong with a template, or went wrong while it ran. */
export class TemplateError extends Error {
  override name = 'TemplateError'
}
export function fail(message: string): never {
  throw new TemplateError(message)
}

export const isList = (v: Value): v is readonly Value[] => Array.isArray(v)
export const isMap = (v: Value): v is ReadonlyMap<string, Value> => v instanceof Map

/** How Go names the type of a value. */
export function typeOf(v: Value): string {
  if (v === null) return 'nil'
  if (isList(v)) return 'template.queryResult'
  if (isMap(v)) return 'map[string]string'
  if (v instanceof Duration) return 'time.Duration'
  if (v instanceof Time) return 'time.Time'
  if (v instanceof Struct) return v.type
  switch (typeof v) {
    case 'string':
      return 'string'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float64'
    default:
      return 'bool'
  }
}

/** What `if`, `with`, `and` and `or` go by: nothing, zero and empty are false. */
export function isTrue(v: Value): boolean {
  if (v === null || v === '' || v === false || v === 0 || v === 0n) return false
  if (isList(v)) return v.length > 0
  if (isMap(v)) return v.size > 0
  return v instanceof Duration ? v.ns !== 0n : true
}
