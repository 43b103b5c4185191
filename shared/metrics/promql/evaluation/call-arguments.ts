import type { FunctionCall, Picked } from '../functions/function.ts'
import type { Budget } from '../limits.ts'
import { QueryError } from '../limits.ts'
import type { Matcher } from '../matcher.ts'
import { bare, type Call, type Expr, type Span } from '../syntax/ast.ts'
import type { Column } from './column.ts'
import type { Evaluation } from './evaluate.ts'
import type { Note, Notes } from './notes.ts'
import { withInfoName } from './plan.ts'
import { selectWithTimes } from './select.ts'
import type { QueryTimes, Steps } from './steps.ts'
import type { RangeVector } from './window.ts'

type Evaluators = {
  vector: (expr: Expr, ev: Evaluation) => Column[]
  scalar: (expr: Expr, ev: Evaluation) => Float64Array
  range: (expr: Expr, ev: Evaluation) => RangeVector
}

/** What a function sees of the call it is run for. */
export class CallArguments implements FunctionCall {
  readonly expr: Call
  readonly #ev: Evaluation
  readonly #evaluate: Evaluators

  constructor(expr: Call, ev: Evaluation, evaluate: Evaluators) {
    this.expr = expr
    this.#ev = ev
    this.#evaluate = evaluate
  }

  get steps(): Steps {
    return this.#ev.steps
  }

  get query(): QueryTimes {
    return this.#ev.query
  }

  get notes(): Notes {
    return this.#ev.notes
  }

  get budget(): Budget {
    return this.#ev.budget
  }

  arg(index: number): Expr {
    const arg = this.expr.args[index]
    if (!arg) throw new QueryError(`argument ${index + 1} of ${this.expr.name}() is missing`)
    return bare(arg)
  }

  span(index: number): Span {
    const arg = bare(this.expr.args[index] ?? this.expr)
    // Prometheus does not know any more where a subquery stood, and names the start of the query.
    return arg.kind === 'subquery' ? { start: 0, end: 0 } : arg.span
  }

  note(index: number, note: (span: Span) => Note): void {
    this.notes.add(note(this.span(index)))
  }

  vector(index: number): Column[] {
    return this.#evaluate.vector(this.expr.args[index] ?? this.arg(index), this.#ev)
  }

  scalar(index: number): Float64Array {
    return this.#evaluate.scalar(this.expr.args[index] ?? this.arg(index), this.#ev)
  }

  text(index: number): string {
    const arg = this.arg(index)
    if (arg.kind !== 'string') throw new QueryError(`argument ${index + 1} of ${this.expr.name}() is not a string`)
    return arg.value
  }

  range(index: number): RangeVector {
    return this.#evaluate.range(this.arg(index), this.#ev)
  }

  picked(index: number): Picked[] | null {
    const arg = this.arg(index)
    if (arg.kind !== 'vector') return null
    const reference = this.#ev.plan.references.get(arg) ?? { at: null, offset: 0 }
    return selectWithTimes(this.#ev.fetched.get(arg) ?? [], reference, this.steps, this.#ev.lookbackMs)
  }

  infoSeries(): Picked[] {
    const reference = this.#ev.plan.references.get(this.expr) ?? { at: null, offset: 0 }
    return selectWithTimes(this.#ev.fetched.get(this.expr) ?? [], reference, this.steps, this.#ev.lookbackMs)
  }

  infoMatchers(): readonly Matcher[] {
    const second = this.expr.args[1]
    const selector = second ? bare(second) : undefined
    return withInfoName(selector?.kind === 'vector' ? selector.matchers : [])
  }
}
