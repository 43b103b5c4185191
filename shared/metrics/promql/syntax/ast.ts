import type { Matcher } from '../matcher.ts'

/** Where a piece of an expression stands in its text: offsets in UTF-16 units, [start, end). */
export type Span = { readonly start: number; readonly end: number }

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type ComparisonOp = '==' | '!=' | '<' | '>' | '<=' | '>='
export type TrimOp = '</' | '>/'
export type SetOp = 'and' | 'or' | 'unless'
export type BinaryOp = ArithmeticOp | ComparisonOp | TrimOp | SetOp

export type Aggregator =
  | 'sum'
  | 'avg'
  | 'count'
  | 'min'
  | 'max'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'count_values'
  | 'quantile'
  | 'limitk'
  | 'limit_ratio'

export type Cardinality = 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many'

/** How the series of two vectors find each other; `fill*` is the value a missing partner is given. */
export type Matching = {
  readonly card: Cardinality
  readonly on: boolean
  readonly labels: readonly string[]
  readonly include: readonly string[]
  readonly fillLeft: number | null
  readonly fillRight: number | null
}

/** A length of time, possibly computed from the query's step and range. Numbers are seconds. */
export type Duration =
  | { readonly kind: 'seconds'; readonly value: number; readonly asDuration: boolean; readonly span: Span }
  | { readonly kind: 'query-time'; readonly name: 'step' | 'range'; readonly wrapped: boolean; readonly span: Span }
  | {
      readonly kind: 'pick'
      readonly name: 'min_of' | 'max_of'
      readonly left: Duration
      readonly right: Duration
      readonly wrapped: boolean
      readonly span: Span
    }
  | {
      readonly kind: 'calculation'
      readonly op: '+' | '-' | '*' | '/' | '%' | '^'
      readonly left: Duration | null
      readonly right: Duration
      readonly wrapped: boolean
      readonly span: Span
    }

/** The `@` modifier: epoch ms, or an end of the query's range. */
export type At = { readonly kind: 'time'; readonly at: number } | { readonly kind: 'start' } | { readonly kind: 'end' }

export type NumberLiteral = { readonly kind: 'number'; readonly value: number; readonly asDuration: boolean; readonly span: Span }
export type StringLiteral = { readonly kind: 'string'; readonly value: string; readonly span: Span }
export type Paren = { readonly kind: 'paren'; readonly expr: Expr; readonly span: Span }
export type Unary = { readonly kind: 'unary'; readonly op: '+' | '-'; readonly expr: Expr; readonly span: Span }
export type Binary = {
  readonly kind: 'binary'
  readonly op: BinaryOp
  readonly left: Expr
  readonly right: Expr
  readonly bool: boolean
  readonly matching: Matching
  readonly span: Span
}
export type Aggregate = {
  readonly kind: 'aggregate'
  readonly op: Aggregator
  readonly expr: Expr
  readonly param: Expr | null
  readonly grouping: readonly string[]
  readonly without: boolean
  readonly span: Span
}
export type Call = { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly span: Span }
export type Extended = 'anchored' | 'smoothed'
export type VectorSelector = {
  readonly kind: 'vector'
  /** The metric name written before the braces, '' where there is none. */
  readonly name: string
  /** All conditions, the one on a name before the braces last. */
  readonly matchers: readonly Matcher[]
  readonly offset: Duration | null
  readonly at: At | null
  readonly extended: Extended | null
  readonly span: Span
}
export type MatrixSelector = { readonly kind: 'matrix'; readonly selector: VectorSelector; readonly range: Duration; readonly span: Span }
export type Subquery = {
  readonly kind: 'subquery'
  readonly expr: Expr
  readonly range: Duration
  readonly step: Duration | null
  readonly offset: Duration | null
  readonly at: At | null
  readonly span: Span
}

export type Expr = NumberLiteral | StringLiteral | Paren | Unary | Binary | Aggregate | Call | VectorSelector | MatrixSelector | Subquery

export const COMPARISONS: ReadonlySet<string> = new Set<ComparisonOp>(['==', '!=', '<', '>', '<=', '>='])
export const SET_OPS: ReadonlySet<string> = new Set<SetOp>(['and', 'or', 'unless'])
export const isComparison = (op: BinaryOp): op is ComparisonOp => COMPARISONS.has(op)
export const isSetOp = (op: BinaryOp): op is SetOp => SET_OPS.has(op)
/** Aggregators that take a first argument besides the vector. */
export const WITH_PARAM: ReadonlySet<string> = new Set<Aggregator>(['topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio'])

/** An expression without the parentheses around it. */
export function bare(expr: Expr): Expr {
  let inner = expr
  while (inner.kind === 'paren') inner = inner.expr
  return inner
}

/** The expressions directly below one. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'vector':
      return []
    case 'paren':
    case 'unary':
    case 'subquery':
      return [expr.expr]
    case 'matrix':
      return [expr.selector]
    case 'binary':
      return [expr.left, expr.right]
    case 'aggregate':
      return expr.param ? [expr.param, expr.expr] : [expr.expr]
    case 'call':
      return expr.args
    default:
      return expr satisfies never
  }
}
