import { nodesMax } from './equal.ts'
import { Boxed, Exhausted, type Fields, isObject, put, type Timestamp, type Value } from './value.ts'

/** What a run may use; everything a program can learn of its surroundings comes in here. */
export interface Surroundings {
  /** The moment of the run. */
  readonly at: Timestamp
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** IANA name of the zone that local times without offset are in. */
  readonly zone: string
  /** What `get_hostname` answers. */
  readonly hostname?: string
  /** What `get_env_var` answers. */
  readonly env?: Readonly<Record<string, string>>
  /** Receives what `log` is called with. */
  readonly log?: (level: string, message: string) => void
  /** Tables for `find_enrichment_table_records` and `get_enrichment_table_record`: rows of strings by table name. */
  readonly tables?: Readonly<Record<string, readonly Fields[]>>
}

/** Bounds of one run. Exceeding one ends it with an error; the event is left as it came. */
export interface Limits {
  /** Steps: function calls, loop rounds, and a share for every 64 elements a function builds. */
  readonly fuel: number
  /** Values and 64-character pieces of text in the event a program leaves. */
  readonly nodes: number
}

export const limits: Limits = { fuel: 100_000, nodes: 100_000 }

/** `abort`, on its way out. */
export class Aborted {
  readonly message: string | undefined
  constructor(message?: string) {
    this.message = message
  }
}

/** `return`, on its way to the end of the closure or program. */
export class Returned {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}

/** The state of one program working on one event. */
export class Run {
  event: Value
  metadata: Value
  readonly variables: (Value | undefined)[]
  /** True while `event` is an object that only this run holds: fields are then set in place. */
  owned = false
  fuel: number
  readonly surroundings: Surroundings

  constructor(event: Value, metadata: Value, variables: number, surroundings: Surroundings, fuel: number) {
    this.event = event
    this.metadata = metadata
    this.variables = new Array(variables).fill(undefined)
    this.surroundings = surroundings
    this.fuel = fuel
  }

  spend(steps: number): void {
    this.fuel -= steps
    if (this.fuel < 0) throw new Exhausted('the program took too many steps')
  }
}

export type Code = (run: Run) => Value

/** Levels of nesting an event may have: readers and writers of JSON further on recurse. */
const levelsMax = 500

/** Throws `Exhausted` when the value has more nodes or levels than allowed, shared parts counted as often as they appear. */
export function checkSize(v: Value, nodes: number): void {
  if (sizeOf(v, Math.min(nodes, nodesMax), levelsMax) < 0) throw new Exhausted('the event the program leaves is too large')
}

function sizeOf(v: Value | undefined, left: number, levels: number): number {
  if (typeof v === 'string') return left - 1 - (v.length >> 6)
  if (typeof v !== 'object' || v === null || v instanceof Boxed) return left - 1
  if (levels === 0) return -1
  let rest = left - 1
  if (Array.isArray(v)) {
    for (const x of v) {
      if (rest < 0) return rest
      rest = sizeOf(x, rest, levels - 1)
    }
    return rest
  }
  for (const k in v) {
    if (rest < 0) return rest
    rest = sizeOf(v[k], rest, levels - 1)
  }
  return rest
}

/** An object without the fields that were deleted from it (kept as `undefined` while the program runs). */
export function settled(v: Value): Value {
  if (!isObject(v)) return v
  for (const k in v) if (v[k] === undefined) return withoutDeleted(v)
  return v
}

function withoutDeleted(v: Fields): Fields {
  const out: Fields = {}
  for (const k in v) if (v[k] !== undefined) put(out, k, v[k])
  return out
}
