import type { QueryNode } from './ast.ts'
import type { Span } from './diagnostics.ts'
import type { Code } from './run.ts'
import type { TypeDef } from './types.ts'
import type { Value } from './value.ts'

/** A checked expression: what it can be, what it does, and how messages name it. */
export interface Expression extends Span {
  readonly type: TypeDef
  readonly run: Code
  /** The word for this form of expression: `literal`, `query`, `function call`. */
  readonly form: string
  /** As source text. */
  readonly text: () => string
  /** Its value, where that is known before any event. */
  readonly constant?: Value
  /** For paths: what they read. */
  readonly query?: CheckedQuery
  /** For array literals: the items. */
  readonly items?: readonly Expression[]
  /** For object literals: the fields. */
  readonly entries?: ReadonlyMap<string, Expression>
  /** For `a < b` and its like: such an expression cannot be compared again without parentheses. */
  readonly comparison?: boolean
}

/** `external` is the event or metadata; a variable has a slot; `inner` is the value of another expression. */
export interface CheckedQuery {
  readonly target: { readonly external: '.' | '%' } | { readonly variable: string; readonly slot: number } | { readonly inner: Code }
  readonly path: QueryNode['path']
}
