import type { Column } from '../evaluation/column.ts'
import type { Note, Notes } from '../evaluation/notes.ts'
import type { QueryTimes, Steps } from '../evaluation/steps.ts'
import type { RangeVector } from '../evaluation/window.ts'
import type { Budget } from '../limits.ts'
import type { Matcher } from '../matcher.ts'
import type { Call, Expr, Span, ValueType } from '../syntax/ast.ts'

/** One function of the language. Adding one is a file beside this and a line in index.ts. */
export type PromFunction = {
  readonly name: string
  readonly args: readonly ValueType[]
  /** 0: exactly `args`; n: up to n arguments from the last one on, which may be missing; -1: any number of the last one. */
  readonly variadic: number
  readonly returns: ValueType
  /** One sentence: what it gives. */
  readonly doc: string
  readonly example: string
  /** The result depends on when it is evaluated, even where the arguments do not. */
  readonly timeDependent?: true
  readonly run: (call: FunctionCall) => readonly Column[] | Float64Array
}

/** A plain selector's samples with the times they were taken at: what timestamp() and start_timestamp() look at. */
export type Picked = { readonly column: Column; readonly times: Float64Array; readonly starts: Float64Array }

/** A call being evaluated: its arguments, computed when asked for, and where to say what is odd about them. */
export interface FunctionCall {
  readonly expr: Call
  readonly steps: Steps
  readonly query: QueryTimes
  readonly notes: Notes
  readonly budget: Budget
  arg(index: number): Expr
  span(index: number): Span
  note(index: number, note: (span: Span) => Note): void
  vector(index: number): Column[]
  /** A scalar argument at every step. */
  scalar(index: number): Float64Array
  text(index: number): string
  range(index: number): RangeVector
  /** `null` where the argument is not a plain vector selector. */
  picked(index: number): Picked[] | null
  /** The info series that may enrich the first argument, with the times of their samples. */
  infoSeries(): Picked[]
  infoMatchers(): readonly Matcher[]
}
