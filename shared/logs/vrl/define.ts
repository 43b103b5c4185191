import type { Expression } from './expression.ts'
import type { Kind } from './kind.ts'
import type { Code, Run } from './run.ts'
import type { State, TypeDef } from './types.ts'
import type { Value } from './value.ts'

/** A function of the standard library: what it accepts, what it says about itself and what it does, in one place. */
export interface Definition {
  readonly name: string
  /** One sentence for hover texts and the reference. */
  readonly summary: string
  readonly parameters: readonly Parameter[]
  /** What it returns; a function of the call where that depends on the arguments. */
  readonly returns: Kind | ((call: Call) => Kind | TypeDef)
  /** Whether it can fail although every argument has an accepted type. */
  readonly fails?: boolean | ((call: Call) => boolean)
  /** Arguments arrive in the order of the parameters, `undefined` where an optional one is missing. */
  run?(run: Run, ...args: (Value | undefined)[]): Value
  /** For functions that look at their arguments before any event: throws a `BadArgument`, or returns what to run instead of `run`. */
  prepare?(call: Call): Code | undefined
  /** What the call does to what is known of the event. */
  effects?(call: Call, state: State): void
  readonly closure?: ClosureShape
  readonly example: { readonly source: string; readonly result: unknown }
}

export interface Parameter {
  readonly name: string
  readonly kind: Kind
  readonly optional?: boolean
  /** What a value of another kind gives at run time, instead of `expected …, got …`; `takes` lets any value through. */
  readonly otherwise?: { readonly fails: string } | 'takes'
  /** Values the argument is limited to, for hover texts. */
  readonly values?: readonly string[]
}

/** The block a function takes: over which parameter it runs, what its variables are and what it must return. */
export interface ClosureShape {
  readonly over: string
  readonly accepts: Kind
  readonly variables: readonly ('key' | 'value' | Kind)[]
  readonly returns: Kind
}

/** A call whose arguments have been checked. */
export interface Call {
  arg(name: string): Expression | undefined
  /** Kind of the argument, `undefined` when it is missing. */
  kind(name: string): Kind | undefined
  /** Value of the argument when known at compile time. */
  constant(name: string): Value | undefined
  readonly state: State
  readonly closure?: CompiledClosure
  readonly isReadOnly: (prefix: '.' | '%', path: readonly (string | number)[]) => boolean
  /** Content of a file the host provides under this name. */
  readonly file: (name: string) => string | Uint8Array | undefined
}

export interface CompiledClosure {
  readonly type: TypeDef
  /** Runs the block with its variables set; afterwards they have the values they had. */
  readonly call: (run: Run, ...variables: Value[]) => Value
}

/** An argument that cannot be right, found before any event. `labels` follow the one for the call. */
export class BadArgument {
  readonly code: 0 | 300 | 400 | 401 | 402 | 403 | 315 | 112
  readonly message: string
  readonly labels: readonly string[]
  constructor(code: BadArgument['code'], message: string, labels: readonly string[]) {
    this.code = code
    this.message = message
    this.labels = labels
  }
}

export const define = <T extends Definition>(definition: T): Definition => definition

export const required = (name: string, kind: Kind, values?: readonly string[]): Parameter => ({ name, kind, values })
export const optional = (name: string, kind: Kind, values?: readonly string[]): Parameter => ({ name, kind, optional: true, values })
