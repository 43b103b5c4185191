import { equal } from './equal.ts'
import type { Kind } from './kind.ts'
import * as kind from './kind.ts'
import { atPath, insertAt } from './kind-path.ts'
import type { Path } from './path.ts'
import type { Value } from './value.ts'

/** What the checker knows of an expression: its kind, whether it can fail, and what `return` inside it can return. */
export interface TypeDef {
  readonly kind: Kind
  readonly fallible: boolean
  readonly returns: Kind
}

export const typeDef = (k: Kind, fallible = false, returns: Kind = kind.never): TypeDef => ({ kind: k, fallible, returns })
export const fallible = (t: TypeDef, yes = true): TypeDef => (t.fallible === yes ? t : { ...t, fallible: yes })
export const withKind = (t: TypeDef, k: Kind): TypeDef => ({ ...t, kind: k })
export const fallibleUnless = (t: TypeDef, k: Kind): TypeDef => (kind.isSuperset(k, t.kind) ? t : fallible(t))
export const unionType = (a: TypeDef, b: TypeDef): TypeDef => ({
  kind: kind.union(a.kind, b.kind),
  fallible: a.fallible || b.fallible,
  returns: kind.union(a.returns, b.returns),
})

/** A variable or the event at one point of the program; `value` when it is known at compile time. */
export interface Details {
  readonly type: TypeDef
  readonly value?: Value
}

/** What is known at one point of the program. Copied where control flow splits. */
export class State {
  locals: Map<string, Details>
  event: Details
  metadata: Kind

  constructor(locals: Map<string, Details>, event: Details, metadata: Kind) {
    this.locals = locals
    this.event = event
    this.metadata = metadata
  }

  static initial = (event: Kind, metadata: Kind): State => new State(new Map(), { type: typeDef(event) }, metadata)

  copy(): State {
    return new State(new Map(this.locals), this.event, this.metadata)
  }

  become(other: State): void {
    this.locals = other.locals
    this.event = other.event
    this.metadata = other.metadata
  }

  external(prefix: Prefix): Kind {
    return prefix === '.' ? this.event.type.kind : this.metadata
  }

  assignVariable(name: string, path: Path, type: TypeDef, value: Value | undefined): void {
    const before = this.locals.get(name)?.type ?? typeDef(kind.never)
    this.locals.set(name, {
      type: { kind: insertAt(before.kind, path, type.kind), fallible: before.fallible || type.fallible, returns: before.returns },
      value: path.length === 0 ? value : undefined,
    })
  }

  assignExternal(prefix: Prefix, path: Path, type: TypeDef): void {
    if (prefix === '%') this.metadata = insertAt(this.metadata, path, type.kind)
    else this.event = { type: { ...this.event.type, kind: insertAt(this.event.type.kind, path, type.kind) } }
  }

  setExternal(prefix: Prefix, k: Kind): void {
    if (prefix === '%') this.metadata = k
    else this.event = { type: { ...this.event.type, kind: k } }
  }
}

export type Prefix = '.' | '%'

/** Either state may hold; a variable that only `b` knows is out of scope. */
export function mergeStates(a: State, b: State): State {
  const locals = new Map<string, Details>()
  for (const [name, x] of a.locals) {
    const y = b.locals.get(name)
    locals.set(name, y ? mergeDetails(x, y) : x)
  }
  return new State(locals, mergeDetails(a.event, b.event), kind.union(a.metadata, b.metadata))
}

const mergeDetails = (a: Details, b: Details): Details => {
  if (a === b) return a
  const agree = a.value !== undefined && b.value !== undefined && equal(a.value, b.value)
  return { type: unionType(a.type, b.type), value: agree ? a.value : undefined }
}

/** After a block: changes to the parent's variables stay, its own variables go. */
export function leaveScope(parent: Map<string, Details>, child: State): void {
  const locals = new Map<string, Details>()
  for (const [name, details] of parent) locals.set(name, child.locals.get(name) ?? details)
  child.locals = locals
}

export const typeAt = (t: TypeDef, path: Path): TypeDef => withKind(t, atPath(t.kind, path))
